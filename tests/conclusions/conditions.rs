//! A conclusion of a chapter, and the conditions under which it is drawn again.

use crate::prose;
use neurobook::prelude::*;

/// Under which a conclusion is drawn again.
#[derive(Debug, Clone, Copy)]
pub struct Conditions {
    /// The step, as a share of the chapter's.
    pub step: f64,
    /// Added to each of the chapter's seeds.
    pub seeds: u64,
}

impl Conditions {
    pub fn all() -> Vec<Conditions> {
        let other_seeds = (1..=5).map(|k| Conditions { step: 1.0, seeds: 1000 * k });
        [Conditions { step: 1.0, seeds: 0 }, Conditions { step: 0.5, seeds: 0 }]
            .into_iter()
            .chain(other_seeds)
            .collect()
    }

    pub fn apply(self, network: HopfNetwork) -> HopfNetwork {
        HopfNetwork { dt: self.step * network.dt, seed: self.seeds + network.seed, ..network }
    }
}

/// A sentence of a chapter, and what has to be true for it to hold.
pub struct Conclusion {
    pub chapter: &'static str,
    pub sentence: &'static str,
    pub holds: fn(Conditions) -> bool,
}

impl Conclusion {
    /// The conditions under which it does not hold.
    pub fn broken(&self) -> Vec<Conditions> {
        Conditions::all().into_iter().filter(|conditions| !(self.holds)(*conditions)).collect()
    }

    /// Asserts that the chapter says it, and that it holds under all conditions.
    #[track_caller]
    pub fn is_robust(&self) {
        prose::says(self.chapter, self.sentence);
        let broken = self.broken();
        assert!(broken.is_empty(), "\"{}\" does not hold with {broken:?}", self.sentence);
    }
}
