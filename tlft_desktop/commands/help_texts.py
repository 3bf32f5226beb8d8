"""What `--help` says below the options: examples that can be typed, and what an exit code means."""

from __future__ import annotations

WHOLE = """\
first steps:
  tlft demo                                    three ways, on images of ours
  tlft new flowers --data pictures             pictures/rose/1.jpg, ...
  tlft train flowers.tlft --strategy transfer
  tlft predict flowers.tlft new-picture.jpg

A PROJECT is a folder NAME.tlft. A RUN is its identifier or name, the unique
beginning of either, `last` or `best`. `tlft COMMAND --help` explains more.

exit codes: 0 done                           4 stopped (can be resumed)
            1 a fault of the program         5 out of disk space or memory
            2 wrong usage                      (can be resumed)
            3 the input cannot be used       6 a result is not verified

Ctrl+C saves what was done; a second one ends at once. A command whose reader
goes away (`tlft ... | head`) ends well; a training goes on and is kept.
"""

BY_COMMAND = {
    "demo": """\
It takes about two minutes on two cores and needs no network. The projects
stay, so that you can look at them.
""",
    "new": """\
examples:
  tlft new flowers --data pictures       pictures/rose/1.jpg, ...
  tlft new flowers --data pictures.zip   the same, packed
  tlft new scans --data table.csv --group-by 'patient[0-9]+' --test 0.2

Images are not copied and never changed. What lies in folders called train,
val and test stays in that split.
""",
    "data": """\
`tlft label`, `tlft exclude` and `tlft split` change what is wrong; the images
themselves are never changed.

Trainings show the network images as they are and mirrored, left and right
swapped. Where these mean something, as in letters or spectrograms, that costs
up to ten points of accuracy: --no-flip stops it for all later trainings of
the project, `tlft train --no-flip` for one.
""",
    "backbones": """\
The weights come with the installation (bundled), lie in the folder for all
users of this computer (site) or in yours (cached, file), or are fetched once
by `tlft weights get LIB:NAME` (download).
""",
    "weights": """\
`tlft weights list` tells where each comes from. They are looked for in the
installation, in the folder for all users of this computer, and in yours. The
folder for all users is the one that `tlft doctor` names, or TLFT_WEIGHTS_DIR;
it is only read, unless --for-all asks for more.
""",
    "layers": """\
The paths that it prints are those that `tlft freeze` takes.

`tlft layers flowers.tlft --cost` runs the network on one batch, times each
operation, and adds up what transfer, fine-tuning, hybrid and your own plan
would take with the images of the project.
""",
    "depth-curve": """\
The training images go through the pretrained network once; at every depth a
linear classifier and the nearest neighbours tell how well it separates their
classes, and from where on nothing measurable is gained also logistic
regression on folds, as a head is trained. Each image is classified by what
was learned from the others; validation images stay unseen. Nothing is
trained and nothing is changed.

A curve that rises to its end says that the head is where to train. One that
has its best depth earlier says that the last layers were made for other
classes: train what lies behind that depth.
""",
    "advise": """\
Measured are how far the training images are from those that the network
learned from, how well a head on the untouched network does on folds of them
and at which depth their classes are told apart best, what more images would
bring, and what each strategy would cost on this machine. Validation images
stay unseen.

Which figures speak for what, and where that is known from, is a table in
tlft_desktop/core/advice/rules.json. Where its rows disagree, and with --pilot,
the strategies are tried out: trained for a moment on a part of the training
images and tested on the rest, in rounds of which the better half goes on. What
that shows counts more than any rule, if it is more than chance.

What was advised is noted in the project. Runs that follow it tell how good it
was: --score shows that. Nothing is adjusted by it.

examples:
  tlft advise flowers.tlft
  tlft advise flowers.tlft --pilot 120
  tlft advise flowers.tlft --score
""",
    "sweep": """\
Each candidate sees the training images once, and a linear classifier and the
nearest neighbours tell how well it separates their classes, each image by
what was learned from the others; the same images are compared in pairs.
Nothing is trained and nothing is changed. For another size images are
decoded again, once.

examples:
  tlft sweep flowers.tlft --over backbone
  tlft sweep flowers.tlft --over image-size --json
""",
    "bench": """\
Measured are the loop that the PyTorch tutorial teaches, this program, and
what this machine could do at best, each in a process of its own and in turn.
Three rounds take about twenty minutes, --quick a fifth of that; nothing else
should be working meanwhile. --fastai needs fastai in the same environment:
pip install "tlft-desktop[bench]".
""",
    "freeze": """\
examples:
  tlft freeze flowers.tlft --preset transfer     only the head trains
  tlft freeze flowers.tlft --up-to blocks.4      what follows blocks.4 trains
  tlft freeze flowers.tlft --unfreeze 'bn[0-9]'
  tlft freeze flowers.tlft --norm eval --at blocks.5
  tlft freeze flowers.tlft --norm inherited --at blocks.5    takes that back
  tlft freeze flowers.tlft --rate 0.1 --at blocks.5    a tenth of the rate
  tlft freeze flowers.tlft --layer-decay 0.8    rates fall by stage
  tlft freeze flowers.tlft --thaw stem=10 --thaw blocks.0=8    they wait

  tlft freeze flowers.tlft --save careful    kept for --use careful
  tlft layers flowers.tlft --plan | tlft freeze birds.tlft --plan -

`tlft train --strategy custom` uses this plan; `tlft layers` shows it.
""",
    "strategy": """\
What is printed is what `tlft train --strategy NAME` would do with the images
of the project. Change it as you like, and train by the file:
  tlft strategy flowers.tlft custom --epochs 20 > mine.json
  tlft train flowers.tlft --strategy mine.json

Phases follow one another. Before each a gate decides whether it is worth it,
unless it says "continues": then it goes on from the last weights, with what
trained already and what its plan no longer freezes.
""",
    "train": """\
strategies:
  transfer   the pretrained network stays as it is, and a new head is fitted
             to its features: quick
  finetune   everything trains: slower, and better where your images are unlike
             those that the network has seen
  hybrid     transfer first; fine-tuning only if it promises to be better
  gradual    the head first, then stage by stage from the last to the first,
             evenly over the epochs
  custom     what `tlft freeze` chose, each stage from the epoch in which it
             thaws

examples:
  tlft train flowers.tlft --strategy hybrid --target 0.95
  tlft train flowers.tlft --strategy custom --epochs 20 --seed 1
  tlft train flowers.tlft --strategy transfer --strategy custom
  tlft train flowers.tlft --resume last

After Ctrl+C (exit code 4) or without disk space or memory (5), what was done
is saved, and --resume goes on. Of several runs a stop ends all that are left,
a failure only the one that failed; the exit code is that of the first run that
did not end well.
""",
    "race": """\
One strategy trains after the other, each as an ordinary run: `tlft runs` and
`tlft compare` know it. All have the same images in the same division; with
the same seed also the same order and augmentation. What frozen layers give is
computed once, before the first run, and is charged to none.

--budget is the active time of each run. A strategy that is done before it
ends early, and the end of the race says so. With several seeds accuracies are
means; the interval is that of the validation images, which all seeds share,
and the range over the seeds stands beside it.

--tries N lets each strategy try N learning rates with each seed: its default
one, then the same factors for all. The best on the validation images counts,
of equal ones the first; it is then called validation-selected, and only it is
compared. Each try may take the whole budget, since the rate that is best for
a third of the time need not be best for all of it; the end tells what the run
that counts took and what all tries took. A minute for each strategy in three
tries is --budget 20 --tries 3. A head that is solved exactly trains once: it
has no learning rate, and its penalty was chosen on folds of the training
images. Tries are ordinary runs.

examples:
  tlft race flowers.tlft --budget 60
  tlft race flowers.tlft --budget 60 --tries 3
  tlft race flowers.tlft --strategies transfer,custom --seeds 3
  tlft race flowers.tlft --resume last     after Ctrl+C, a crash, or tomorrow
  tlft race flowers.tlft --show            how it stands, while it runs, too

A race goes on only with the images with which it began: after exclusions or
other edits it says so instead. The exit code is that of the first run that
did not end well, and 4 after Ctrl+C; in a race that is complete a further try
that failed, such as at too high a rate, does not count there.
""",
    "run": """\
`tlft run ACTION --help` explains an action.
""",
    "heat": """\
gradient  size of the gradient by the size of the weights, as the mean over
          the steps of an epoch: where it is large, training strains
change    distance of the weights from the pretrained ones, by their size
drift     how much the outputs of a stage for the validation images differ
          from those of the pretrained network (1 - CKA): 0 is not at all

A stage is measured as all of its parameters together. Frozen layers have no
gradient, and a head that is solved exactly has none either.

examples:
  tlft heat flowers.tlft last --layers
  tlft heat flowers.tlft --before --propose     before anything is trained
  tlft heat flowers.tlft last --apply           takes what is proposed

What is proposed are whole stages: those train whose gradient is at least a
quarter of that of the strongest one, as the mean over the epochs of the last
phase or in that of --epoch. `tlft train --strategy custom` uses the plan.
""",
    "compare": """\
Runs are compared on the validation images that both were judged on; the exit
code is 3 if no two can be compared. Of several pairs some would differ by
chance: only what stays significant after a correction for that (Holm) is
called better. It depends on which runs are compared together: a race corrects
for its own pairs. Of three and more runs the last line says how the best one
stands against all others.

Where no run is named, learning rates that a race tried and did not choose are
left out; of more than 6 runs each is compared with the best one only.

--metric asks for another figure than the accuracy of two runs: its interval is
that of 1,999 resamples of the images within their classes, the same for both.

--pool compares strategies by all of their runs, which differ in their seed
(runs are drawn again with the images) or in the division of the same images
(corrected resampled t test, from three divisions on).

--html writes a report as well: one page, in English, that loads nothing and
runs nothing. It tells of the images, strategies, frozen layers, curves,
comparisons, mistakes, limits and methods, with citations, and the command
lines and hashes that repeat it. Runs that failed or have other images are
explained. One run is enough, and then the exit code is 0.

examples:
  tlft compare flowers.tlft 'transfer 1' 'fine-tuning 2' --metric macro-f1
  tlft compare flowers.tlft --pool
  tlft compare flowers.tlft --html report.html
""",
    "evaluate": """\
Validation images answer with what the run stored; figures are called
validation-selected where one epoch of several was chosen by these images, or
one learning rate of several in a race.

--folds is for runs whose head alone was trained, as by transfer: heads are
trained as that of the run on folds of the training and validation images,
which takes seconds from kept features, and each is judged on the images that
it has not seen. Images of one group, and copies, stay in one fold; test images
are not among them. With few validation images this tells more than they do.

Test images are held back with `tlft new --test` or `tlft split PROJECT test`,
before training. Every look at them is counted in the project, since what is
chosen by them is no longer a test; the second look at a run takes what the
first one stored.

calibration error  mean distance between how sure the answers are and how
                   often they are right; 0 is best
temperature        what the logits would be divided by to be as sure as right;
                   the error with it is measured on other images than it was
                   fitted to

examples:
  tlft evaluate flowers.tlft best
  tlft evaluate flowers.tlft best --split test --json
  tlft evaluate flowers.tlft 'transfer 1' --folds
  tlft evaluate scans.tlft best --costs costs.csv

In costs.csv the first line names the answers, behind an empty cell, and each
other line gives a true class and the cost of each answer for an image of it.
""",
    "predict": """\
Without --run the run with the best validation accuracy answers; which one that
is stands on standard error, or as "run" in each line of --json.

Images that cannot be classified are named with the reason, and counted on
standard error. The exit code is 0 if at least one image was classified, and 3
if none was.
""",
    "explain": """\
The map is a Grad-CAM: the gradient of the class's logit weighs the features of
a stage, by default the last one that tells places of the picture apart; of a
vision transformer the patches are the places, and the class token is left out.
Nothing is trained or changed. All runs are asked about one class: that of
--class, or the answer of the first run, with which the others are compared.

--occlusion covers the image patch by patch: where the map is right, the
probability drops where it is hot. --sanity shuffles what was learned: a map
that stays the same shows the picture, not the network.

Heat is told as a share in the centre (a quarter of the area) and at the border
(44 %). More at the border than that may mean that the background is read.

examples:
  tlft explain flowers.tlft rose/12.jpg --run 'transfer 1' --run last
  tlft explain flowers.tlft new.jpg --class tulip --occlusion --output heat
""",
    "blend": """\
Weights are averaged between two networks: at 0 the pretrained one with a head
(the best transfer run, or that of --from), at 1 the run. Nothing is trained.
In between a network may keep more of what it knew and still fit the images; it
shows on images from elsewhere (--images: folders called as the classes). The
running statistics of batch norm layers are blended as the weights are, not
measured anew. Ends that lie far apart may have a valley between them; a hybrid
starts from a head like that at 0 and lies nearer than fine-tuning. The best
share is chosen on the validation images, so its accuracy there is a little too
high. After WiSE-FT (Wortsman et al. 2022).

examples:
  tlft blend flowers.tlft 'hybrid 2' --images pictures-of-another-camera
  tlft blend flowers.tlft 'hybrid 2' --alpha 0.6 --output flower-blend
""",
    "map": """\
What enters the head of a network is some hundred numbers for an image. A map
makes two of them: what lies together looks alike to the network. PCA draws
the plane in which they differ most; UMAP (package umap-learn) keeps neighbours
together, and distances between groups mean little. Maps of further runs are
turned and scaled onto the first. "next to their class" is counted in all
numbers, not in the plane: images whose nearest neighbour is of their class.
That is no accuracy: it tells how apart the classes lie, not what is answered.

examples:
  tlft map flowers.tlft best --csv map.csv
  tlft map flowers.tlft 'transfer 1' 'fine-tuning 2' --method umap --json
""",
    "cache": """\
Pixels and features are kept so that the next run starts at once; deleting
them costs time and nothing else.

Features take no more than the preferences of the window say ("feature_bytes"
in settings.json; 20 GiB by default), and no more than half of what would be
free on the disk without them. A run that needs room deletes those that were
not used for longest.
""",
    "check": """\
The exit code is 6 if something is damaged and was not repaired.
""",
}
