//! Listens at the socket and answers each kernel in a thread of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use crate::projects::{Projects, STACK};
use crate::protocol::{Answer, Request};
use crate::socket;
use crate::upkeep::{self, Activity, Limits};

/// More than any notebook's text.
const LONGEST_LINE: u64 = 32 * 1024 * 1024;

/// Serves until nobody is left who asks. Ends at once if another process serves already.
pub fn serve(path: &Path, limits: Limits) -> Result<()> {
    // A session of its own: an interrupt for the kernel that started it is not for this process. It fails for a
    // process that has one already.
    let _ = rustix::process::setsid();
    let path = std::path::absolute(path).context("cannot find the socket's folder")?;
    let Some((listener, claim)) = socket::claim(&path)? else { return Ok(()) };
    let activity = Activity::new();
    let mut folder = path.into_os_string();
    folder.push(".crates");
    let projects = Arc::new(Projects::new(folder.into(), Arc::clone(&activity)));
    upkeep::watch(claim, Arc::clone(&activity), limits);
    for stream in listener.incoming() {
        let Ok(stream) = stream else {
            // Too many open files, for instance: others may be closed soon.
            thread::sleep(Duration::from_millis(100));
            continue;
        };
        if !socket::is_own_user(&stream) {
            continue;
        }
        let (projects, activity) = (Arc::clone(&projects), Arc::clone(&activity));
        let talk = move || {
            // The other end has gone: nobody is there to be told.
            let _ = talk(&stream, &projects, &activity);
        };
        if let Err(error) = thread::Builder::new().stack_size(STACK).spawn(talk) {
            eprintln!("cannot start a thread for a kernel: {error}");
        }
    }
    Ok(())
}

fn talk(stream: &UnixStream, projects: &Projects, activity: &Arc<Activity>) -> Result<()> {
    let mut reader = BufReader::new(stream);
    loop {
        let mut line = String::new();
        let mut limited = reader.take(LONGEST_LINE);
        if limited.read_line(&mut line)? == 0 || !line.ends_with('\n') {
            return Ok(());
        }
        reader = limited.into_inner();
        let busy = activity.begin();
        let answer = match serde_json::from_str::<Request>(&line) {
            Ok(request) => projects.answer(&request),
            Err(error) => Answer::Failed { message: format!("this is no question: {error}") },
        };
        let mut text = serde_json::to_vec(&answer).context("an answer cannot be written")?;
        text.push(b'\n');
        (&*stream).write_all(&text)?;
        drop(busy);
    }
}
