//! What Jupyter needs: its private environment, the toolchain, and the sessions in which kernels work.

pub mod address_space;
pub mod background;
pub mod compiled_program;
pub mod engine_protocol;
pub mod environment;
pub mod for_all_users;
pub mod front;
pub mod kernel_spec;
pub mod preparation;
pub mod prepare;
#[cfg(unix)]
pub mod presence;
pub mod progress;
pub mod rust_src;
pub mod session;
#[cfg(unix)]
pub mod spare;
pub mod toolchain;
#[cfg(unix)]
pub mod updates;
