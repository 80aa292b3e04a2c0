//! Answers the Tab key and hovering by the completion program, which all kernels of a user share.

use std::ffi::OsString;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Error, Result};
use neurobook_analysis::{Assistant, Format, Item, Kind, Request, set_assistant};
use neurobook_cli::commands::completion;
use neurobook_cli::jupyter::compiled_program::{COMPLETION, CompiledProgram};
use neurobook_cli::jupyter::presence::Presence;
use neurobook_cli::jupyter::session::Sessions;
use neurobook_cli::support::paths;
use neurobook_cli::support::runtime_folder::runtime_folder;

use crate::completion_client::{CompletionClient, Place, Reply};
use crate::completion_standby::Standby;

/// How long a learner waits for names at the Tab key.
const PATIENCE: Duration = Duration::from_secs(4);

/// Has evcxr ask the completion program from now on, which stands by. Without it there are no completions, and all else
/// goes on.
pub fn employ(sessions: &Sessions) -> Option<Standby> {
    let found = runtime_folder(&sessions.configuration()).map_err(Error::new).and_then(|folder| {
        let presence = Presence::of(&folder);
        Ok((Arc::new(client(sessions, &presence)?), presence))
    });
    let (client, presence) = found.inspect_err(|error| eprintln!("no names at the Tab key: {error:#}")).ok()?;
    let program = CompiledProgram::find(&COMPLETION).ok();
    set_assistant(Box::new(Completion { client: Arc::clone(&client), program }));
    Some(Standby::new(client, presence, sessions.shared().is_none()))
}

fn client(sessions: &Sessions, presence: &Presence) -> Result<CompletionClient> {
    let program = CompiledProgram::find(&COMPLETION)?;
    // Neither toolchain nor sources are in the program's own key.
    let socket = presence.folder().join(format!("completion-{}", paths::short_hash(sessions.key().as_bytes())));
    let environment = sessions.completion_variables()?;
    let environment: Vec<(OsString, OsString)> =
        environment.into_iter().map(|(name, value)| (name.into(), value)).collect();
    Ok(CompletionClient::new(program.file().to_owned(), socket, presence.living(), environment))
}

struct Completion {
    client: Arc<CompletionClient>,
    program: Option<CompiledProgram>,
}

impl Completion {
    /// The first Tab of a kernel that no `lab` has prepared it for has the program compiled.
    fn prepare(&self) {
        if self.program.as_ref().is_some_and(|program| !program.file().is_file()) {
            completion::prepare_in_background(|_| ());
        }
    }
}

impl Assistant for Completion {
    fn complete(&self, request: &Request<'_>) -> Option<Vec<Item>> {
        match self.client.complete(place(request), PATIENCE) {
            Reply::Ready(items) => Some(items.into_iter().map(item).collect()),
            Reply::NotYet => None,
            Reply::Unavailable(_) => {
                self.prepare();
                None
            }
        }
    }

    fn explain(&self, request: &Request<'_>, format: Format) -> Option<String> {
        let Reply::Ready(hover) = self.client.hover(place(request), PATIENCE) else { return None };
        match format {
            Format::Markdown => hover.markdown,
            Format::PlainText => hover.plain,
        }
    }
}

fn place<'a>(request: &Request<'a>) -> Place<'a> {
    Place { folder: request.folder, source: request.source, offset: request.offset }
}

fn item(found: crate::completion_client::Item) -> Item {
    let kind = match found.kind.as_str() {
        "function" => Kind::Function,
        "class" => Kind::Type,
        "module" => Kind::Module,
        "keyword" => Kind::Keyword,
        _ => Kind::Value,
    };
    Item { replace: found.start..found.end, insert: found.insert, lookup: found.lookup, kind, label: found.label }
}
