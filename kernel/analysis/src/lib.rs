//! Stands in for rust-analyzer inside evcxr.
//!
//! evcxr asks rust-analyzer for one thing before each cell: the types of its new variables. rust-analyzer reads the
//! standard library and all crates for that. The compiler, which compiles the cell anyhow, knows them too, and says
//! them in a fraction of a second: [`variables`] asks it. The packages in `substitutes/` have the names of
//! rust-analyzer's and hand evcxr what is in [`stand_ins`]; the root Cargo.toml puts them in the place of the real
//! ones (`[patch.crates-io]`).
//!
//! | what | who uses it |
//! |---|---|
//! | [`set_assistant`] | the kernel: who answers completion and hover |
//! | [`take_fault`] | the kernel: whether the machine, not the learner, is to blame for a cell's failure |
//! | [`variables::find`] | the stand-ins, and tests |
//! | [`items`], [`functions`] | this crate and the kernel: evcxr's text taken apart, and what of it a cell does without |
//! | `neurobook_recorded::{record, more_arguments}` | the tool, where Cargo starts it in the compiler's place |

mod assistant;
mod compiler;
mod fault;
pub mod functions;
pub mod items;
mod mir;
mod question;
mod session;
mod spelling;
pub mod stand_ins;
pub mod variables;
mod wrapper;

pub use assistant::{Assistant, Format, Item, Kind, Request, set_assistant};
pub use fault::take_fault;
