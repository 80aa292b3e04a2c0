//! Work on all cores that ends with its first panic: what sweeps and sliders share.

use crate::display::{self, Output};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Calls `run` with every index below `count`, until one call returns false or panics; a panic goes on
/// here. The threads end with the work: a notebook would gather one idle pool for every cell that it runs.
///
/// What the calls show comes back in the order of the indices, and no more of it than a cell can show.
pub(crate) fn for_each(count: usize, run: &(dyn Fn(usize) -> bool + Sync)) -> Vec<Output> {
    let (stopped, payload) = (AtomicBool::new(false), Mutex::new(None));
    let shown = Mutex::new(BTreeMap::new());
    let one = |index: usize| {
        if stopped.load(Ordering::Relaxed) {
            return;
        }
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| {
            let (goes_on, outputs) = display::held_back(|| run(index));
            keep_first(&shown, index, outputs);
            goes_on
        }));
        if !matches!(outcome, Ok(true)) {
            stopped.store(true, Ordering::Relaxed);
        }
        if let Err(panic) = outcome {
            payload.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(panic);
        }
    };
    keep_freed_blocks();
    match rayon::ThreadPoolBuilder::new().build() {
        // One index at a time for each thread, first come first served: runs differ in length.
        Ok(pool) => pool.install(|| (0..count).into_par_iter().with_max_len(1).for_each(one)),
        // A machine that grants no threads computes alone.
        Err(_) => (0..count).for_each(one),
    }
    if let Some(panic) = payload.into_inner().unwrap_or_else(PoisonError::into_inner) {
        panic::resume_unwind(panic);
    }
    shown.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().flatten().collect()
}

/// Keeps the outputs of those calls with the lowest indices that fill a cell, and one more.
fn keep_first(shown: &Mutex<BTreeMap<usize, Vec<Output>>>, index: usize, mut outputs: Vec<Output>) {
    if outputs.is_empty() {
        return;
    }
    outputs.truncate(display::MOST + 1);
    let mut shown = shown.lock().unwrap_or_else(PoisonError::into_inner);
    shown.insert(index, outputs);
    while shown.len() > display::MOST + 1 {
        shown.pop_last();
    }
}

/// Bytes. From a block above 32 MiB, its header included, glibc learns nothing.
const LARGE_BLOCK: usize = 31 << 20;

/// Lets the C library keep what it is given back. By default glibc returns large blocks to the system, and
/// all threads queue for the zeroed pages of the next ones, which takes longer than many a simulation. A
/// large block that is freed tells it that such blocks come and go here.
fn keep_freed_blocks() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE_BLOCK)));
}
