//! The process that started the front: when it is gone, nobody can reach the kernel any more.

/// Who our parent was at the start; nothing where systems do not say, or where it was gone before.
pub(super) struct Parent(#[cfg(unix)] Option<u32>);

impl Parent {
    #[cfg(unix)]
    pub(super) fn now() -> Self {
        let parent = std::os::unix::process::parent_id();
        // Jupyter names itself. If its child has another parent by now, that is who takes orphans.
        let jupyter = std::env::var("JPY_PARENT_PID").ok().and_then(|number| number.parse().ok());
        let orphan = parent == 1 && jupyter.is_some_and(|named: u32| named != parent);
        Self((!orphan).then_some(parent))
    }

    #[cfg(unix)]
    pub(super) fn is_gone(&self) -> bool {
        self.0 != Some(std::os::unix::process::parent_id())
    }

    #[cfg(not(unix))]
    pub(super) fn now() -> Self {
        Self()
    }

    #[cfg(not(unix))]
    pub(super) fn is_gone(&self) -> bool {
        false
    }
}
