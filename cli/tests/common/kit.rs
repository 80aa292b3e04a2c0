//! The compiler and the crates of the notebooks, compiled into the tests' own cache.

use std::sync::LazyLock;

use neurobook_cli::answers::compiler::AnswerCompiler;
use neurobook_cli::jupyter::session::Sessions;
use neurobook_cli::support::paths;

use crate::caches;

static KIT: LazyLock<AnswerCompiler> = LazyLock::new(|| {
    let folder = paths::sessions_in(&caches::cache(), &caches::root()).unwrap();
    AnswerCompiler::of(Sessions::within(caches::root(), folder).unwrap()).unwrap()
});

pub fn kit() -> &'static AnswerCompiler {
    &KIT
}
