//! How many addresses the system grants to each process (`ulimit -v`). Where they are few, a compiler ends by a signal that
//! says nothing, so it is looked at before.

use anyhow::{Result, ensure};

/// Bytes of addresses that the compiler of a small cell needs: 500 MB as measured, and some to spare.
#[cfg(unix)]
const NEEDED: u64 = 600 << 20;

/// Refuses to go on where a cell could not be compiled.
#[cfg(unix)]
pub fn ensure_suffices() -> Result<()> {
    ensure_limit_suffices(rustix::process::getrlimit(rustix::process::Resource::As).current)
}

/// Elsewhere there is no such limit.
#[cfg(not(unix))]
pub fn ensure_suffices() -> Result<()> {
    Ok(())
}

#[cfg(unix)]
fn ensure_limit_suffices(limit: Option<u64>) -> Result<()> {
    let megabytes = |bytes: u64| bytes >> 20;
    let Some(limit) = limit else { return Ok(()) };
    ensure!(
        limit >= NEEDED,
        "the memory that a process may use (its address space, `ulimit -v`) is limited to {} MB, and the compiler of a cell needs {} MB at least. \
         Raise the limit where Jupyter is started, or ask whoever looks after the machine to.",
        megabytes(limit),
        megabytes(NEEDED)
    );
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_limit_below_what_a_compiler_needs_is_named_with_both_numbers() {
        assert!(ensure_limit_suffices(None).is_ok());
        assert!(ensure_limit_suffices(Some(NEEDED)).is_ok());
        let said = ensure_limit_suffices(Some(300 << 20)).unwrap_err().to_string();
        assert!(
            said.contains("limited to 300 MB") && said.contains("needs 600 MB at least") && said.contains("ulimit -v"),
            "{said}"
        );
    }
}
