//! Work on all cores that ends with its first panic: what sweeps and sliders share.

use rayon::prelude::*;
use std::hint::black_box;
use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// Calls `run` with every index below `count`, until one call returns false or panics; a panic goes on
/// here. The threads end with the work: a notebook would gather one idle pool for every cell that it runs.
pub(crate) fn for_each(count: usize, run: &(dyn Fn(usize) -> bool + Sync)) {
    let (stopped, payload) = (AtomicBool::new(false), Mutex::new(None));
    let one = |index: usize| {
        if stopped.load(Ordering::Relaxed) {
            return;
        }
        let outcome = panic::catch_unwind(AssertUnwindSafe(|| run(index)));
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
}

/// Bytes. From a block above 32 MiB, its header included, glibc learns nothing.
const LARGE_BLOCK: usize = 31 << 20;

/// Lets the C library keep what it is given back. By default glibc returns large blocks to the system, and
/// all threads queue for the zeroed pages of the next ones, which takes longer than many a simulation. A
/// large block that is freed tells it that such blocks come and go here.
fn keep_freed_blocks() {
    drop(black_box(Vec::<u8>::with_capacity(LARGE_BLOCK)));
}
