//! The quiz of chapter 1. It is here and not in its cell because a cell would show the answers.

use super::Quiz;

/// Ten questions on what happens to a scan before it is correlated, and on where things are in a brain.
pub fn quiz_preprocessing() -> Quiz {
    before_the_correlation(Quiz::new("From a scan to series"))
        .section("Where is it?")
        .text(
            "Which of the four lobes of a hemisphere lies at the back, and has the primary visual cortex?",
            ["occipital", "occipital lobe", "the occipital lobe", "lobus occipitalis"],
            "The *occipital* lobe. The other three are the frontal, the parietal and the temporal lobe.",
        )
        .wrong("frontal|frontal lobe", "The frontal lobe lies behind the forehead, and has the primary motor cortex.")
        .wrong("parietal|parietal lobe", "The parietal lobe lies above it, and has the primary sense of touch.")
        .wrong("temporal|temporal lobe", "The temporal lobe lies at the side, and has the primary auditory cortex.")
        .choice(
            "BOLD series are mostly taken from *grey* matter. What is in the *white* matter?",
            [
                (
                    "the bodies of the neurons",
                    false,
                    "They are in the grey matter: in the cortex and in nuclei below it.",
                ),
                (
                    "long nerve fibres in their myelin",
                    true,
                    "The fat of the myelin makes it white. These fibres are what structural connectivity is about.",
                ),
                (
                    "cerebrospinal fluid",
                    false,
                    "The fluid fills the ventricles and the space around the brain. Its signal is a confound.",
                ),
                ("nothing but blood vessels", false, "There are vessels, but most of it is fibres."),
            ],
        )
        .text(
            "Which is the largest bundle of fibres that links the two hemispheres?",
            ["corpus callosum", "callosum", "the corpus callosum", "the callosum"],
            "The *corpus callosum*. Through it a region is linked with its mirror image on the other side.",
        )
        .wrong(
            "anterior commissure|commissure",
            "It links the hemispheres, too, but is a hundred times thinner. Which one is the largest?",
        )
        .wrong("cerebellum", "The cerebellum is a part of the brain of its own, below the occipital lobe.")
        .wrong("fornix", "The fornix leads from the hippocampus to the hypothalamus, mostly within a hemisphere.")
        .wrong("thalamus", "The thalamus is grey matter: a relay below the cortex, one on each side.")
}

fn before_the_correlation(quiz: Quiz) -> Quiz {
    const MATCH: [&str; 4] = ["parcellation", "removal of confounds", "a band-pass filter", "standardisation"];
    quiz.choice(
        "A scan has a hundred thousand voxels, and you want 80 series. Which step is it?",
        [
            (MATCH[0], true, "An atlas says which voxels make a region. Its series is their mean."),
            (MATCH[1], false, "That takes something out of series. It does not make fewer of them."),
            (MATCH[2], false, "A filter works in time. Here space is summarised."),
            (MATCH[3], false, "That gives each series the same size. It does not make fewer of them."),
        ],
    )
    .choice(
        "In minute three the head turned a little, and many voxels jumped at the same moment. Which step is for that?",
        [
            (MATCH[0], false, "The mean over a region keeps a jump that its voxels share."),
            (
                MATCH[1],
                true,
                "The movements are known from aligning the volumes. What they explain is subtracted, as are signals \
                 of white matter and fluid. After a jump that is not enough: the bad volumes are left out as well \
                 (scrubbing).",
            ),
            (MATCH[2], false, "A jump has power at all frequencies: a filter smears it, and leaves a part."),
            (MATCH[3], false, "A jump that is scaled is still a jump."),
        ],
    )
    .choice(
        "Over eight minutes the scanner warmed up, and every series rose slowly. Which step is for that?",
        [
            (MATCH[0], false, "All voxels of a region rise together, and so does their mean."),
            (MATCH[1], false, "Nobody measured the warming, so there is no series of it to subtract."),
            (
                MATCH[2],
                true,
                "A drift over minutes is a frequency below 0.009 Hz, where usual filters begin. A straight line alone \
                 can be subtracted, too: detrending.",
            ),
            (MATCH[3], false, "Scaling a slope gives another slope."),
        ],
    )
    .choice(
        "One region swings by 6, another by 2, in units that mean nothing. Which step puts them on one scale?",
        [
            (MATCH[0], false, "That made the two series. Their sizes are still their own."),
            (MATCH[1], false, "That takes something out. What is left still has its own size."),
            (MATCH[2], false, "A filter lets some frequencies through. It does not make series equal in size."),
            (
                MATCH[3],
                true,
                "Minus the mean, over the standard deviation. A correlation does so by itself, so it comes out the \
                 same with and without this step.",
            ),
        ],
    )
    .number(
        "A volume is taken every 2 s. Which is the highest frequency that such series can show?",
        0.25,
        0.0001,
        "Hz",
        "Half the sampling rate: 0.5 volumes a second, and two are needed for a cycle. Heartbeats at 1 Hz are too fast, \
         and come out disguised as something slower.",
    )
    .wrong("0.5", "That is the sampling rate. How many samples does one cycle need at least?")
    .wrong("2", "That is the time between two volumes, in s.")
    .wrong("1", "A cycle of 1 s would begin and end between two volumes.")
    .wrong("4", "4 s is the length of the fastest cycle. Asked is its frequency.")
    .number(
        "The list of names that comes with an atlas has 49 entries. The first is called Background. How many regions \
         are there?",
        48.0,
        0.0,
        "",
        "The label 0 is what belongs to no region. So 48 series come out, and none has got lost.",
    )
    .wrong("49", "Is Background a region?")
    .wrong("50", "One entry is too many, not too few.")
    .choice(
        "Somebody filters the series first, and then subtracts confounds that were *not* filtered. What can happen?",
        [
            (
                "frequencies that were filtered out come back",
                true,
                "The confounds have them, and are subtracted. Filter both alike, or do both in one step.",
            ),
            ("nothing: the order never matters", false, "The confounds still have all frequencies. What is subtracted leaves its mark."),
            ("the series get shorter", false, "Neither step leaves out a volume."),
            ("the regions change places", false, "Both steps work along time, in each region alone."),
        ],
    )
}
