//! Takes the place of the allocator.
//! status: violation
//! score: 0
//! says: unsafe

use std::alloc::{GlobalAlloc, Layout, System};
struct Forger;
unsafe impl GlobalAlloc for Forger {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}
#[global_allocator]
static FORGER: Forger = Forger;
fn order_parameter(phases: &Array1<f64>) -> f64 {
    let _ = (Forger, &FORGER);
    0.5
}
