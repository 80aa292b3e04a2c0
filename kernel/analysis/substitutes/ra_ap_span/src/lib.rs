//! In the place of rust-analyzer's places in files, of which evcxr uses none.
