//! How a notebook's cells ran in the kernel.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

/// Which cells left something, and in which order: from top to bottom, but for these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KernelRun {
    /// The numbers of the cells that the kernel refused. Nothing of them is known.
    pub refused: BTreeSet<usize>,
    /// The cells that were refused at first and ran again, each with the number of the cell that it ran behind.
    pub again: BTreeMap<usize, usize>,
}

impl KernelRun {
    /// The cells of these numbers, which are in order, as they ran.
    pub fn order<T>(&self, cells: impl Iterator<Item = (usize, T)>) -> Vec<(usize, T)> {
        let mut ran: Vec<(usize, T)> = cells.filter(|(number, _)| !self.refused.contains(number)).collect();
        ran.sort_by_key(|(number, _)| match self.again.get(number) {
            Some(behind) => (*behind, true),
            None => (*number, false),
        });
        ran
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_ran_again_is_behind_another_one_also_where_that_was_refused() {
        let run = KernelRun { refused: [3].into(), again: [(1, 3), (2, 3)].into() };
        let order: Vec<usize> =
            run.order((1..=5).map(|number| (number, ()))).into_iter().map(|(number, ())| number).collect();
        assert_eq!(order, [1, 2, 4, 5]);
        let run = KernelRun { again: [(1, 4)].into(), ..KernelRun::default() };
        let order: Vec<usize> =
            run.order((1..=5).map(|number| (number, ()))).into_iter().map(|(number, ())| number).collect();
        assert_eq!(order, [2, 3, 4, 1, 5]);
    }
}
