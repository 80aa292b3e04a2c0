//! Runs cells for the kernel's front, in the order in which it asks.

use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Result;
use neurobook_cli::jupyter::engine_protocol::{self as protocol, Answer, Request};
use neurobook_cli::jupyter::session::Sessions;

#[cfg(unix)]
use crate::completion_standby::Standby;
use crate::engine::{Engine, Stop, Wish};
use crate::place::PlaceOfWork;
use crate::supervisor::Supervision;

/// Serves one notebook, whose front asks on standard input.
pub fn serve() -> Result<()> {
    let (mut kernel, answers) = Kernel::start()?;
    answers.open(std::io::stdout());
    answers.say(&Answer::Ready);
    kernel.serve(std::io::stdin(), &answers);
    Ok(())
}

/// Waits as a spare until a front takes it, and serves that.
#[cfg(unix)]
pub fn serve_as_spare(place: &Path) -> Result<()> {
    use anyhow::Context;
    use neurobook_cli::jupyter::spare::SparePlace;

    // Where another spare is on its way, this one is none.
    let Some(keeping) = SparePlace::at(place).keep()? else { return Ok(()) };
    // Nobody waits for it: so it has nothing compiled, as after a change of the sources.
    anyhow::ensure!(Sessions::find()?.is_ready(), "what kernels need is not compiled as it is now");
    let (mut kernel, answers) = Kernel::start()?;
    let coming = crate::spare::offer(keeping)?;
    let front = kernel.next(&coming).context("nobody can take the spare any more")??;
    answers.open(front.try_clone()?);
    kernel.serve(front, &answers);
    Ok(())
}

#[cfg(not(unix))]
pub fn serve_as_spare(_place: &Path) -> Result<()> {
    anyhow::bail!("there are no spare kernels on this system")
}

/// A kernel that has started.
struct Kernel {
    engine: Engine,
    place: PlaceOfWork,
    #[cfg(unix)]
    completion: Option<Standby>,
}

impl Kernel {
    /// What cells print goes to the answers. Called while this process has one thread.
    fn start() -> Result<(Kernel, Answers)> {
        // SAFETY: this process has one thread.
        let supervision = unsafe { Supervision::open() }?;
        let sessions = Sessions::find()?;
        let place = PlaceOfWork::enter(sessions)?;
        #[cfg(unix)]
        let completion = crate::assistant::employ(place.sessions());
        let answers = Answers::default();
        let printed = answers.clone();
        let engine = Engine::start(supervision, None, move |stream, text| {
            printed.say(&Answer::Printed { stream, text: text.to_owned() });
        })?;
        let kernel = Kernel {
            engine,
            place,
            #[cfg(unix)]
            completion,
        };
        Ok((kernel, answers))
    }

    /// Answers a front until it wants us to end, or is gone.
    fn serve(&mut self, front: impl Read + Send + 'static, answers: &Answers) {
        #[cfg(unix)]
        let _attending = self.completion.as_ref().and_then(Standby::attend);
        let requests = listen(front, self.engine.stop());
        while let Some(request) = self.next(&requests) {
            self.answer(request, answers);
        }
    }

    /// Waits for what comes next; `None` when nothing will come any more.
    fn next<T>(&mut self, coming: &Receiver<T>) -> Option<T> {
        #[cfg(unix)]
        if let Some(completion) = &mut self.completion {
            return completion.receive(coming, self.place.session_folder());
        }
        coming.recv().ok()
    }

    fn answer(&mut self, request: Request, answers: &Answers) {
        match request {
            Request::Execute { code, cell } => {
                let ran = self.engine.run(cell.as_deref(), &code);
                #[cfg(unix)]
                self.completion.iter_mut().for_each(Standby::expect);
                if !ran.shown.is_empty() {
                    answers.say(&Answer::Shown { data: ran.shown });
                }
                answers.say(&Answer::Executed { failure: ran.failure.map(|failure| failure.to_protocol()) });
            }
            Request::Complete { code, position } => {
                let (start, end, names) = self.engine.complete(&code, position);
                answers.say(&Answer::Completed { start, end, names });
            }
            Request::Inspect { code, position } => {
                let (plain, html) = self.engine.explain(&code, position).unzip();
                answers.say(&Answer::Inspected { plain, html });
            }
            Request::Enter(place) => match self.place.change(&place).and_then(|moved| match moved {
                true => self.engine.move_in(),
                false => Ok(()),
            }) {
                Ok(()) => answers.say(&Answer::Ready),
                // The front hears by the end of our answers that it has to start another kernel.
                Err(error) => {
                    eprintln!("{error:#}");
                    answers.close();
                }
            },
            Request::Interrupt | Request::Shutdown => {}
        }
    }
}

/// Hears the front in a thread of its own, so that it can stop a cell. The requests end when it wants us to end, or is
/// gone.
fn listen(front: impl Read + Send + 'static, stop: Arc<Stop>) -> Receiver<Request> {
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        let hear = |request| match request {
            Request::Interrupt => {
                stop.stop(Wish::Interrupt);
                true
            }
            Request::Shutdown => false,
            request => {
                if matches!(request, Request::Execute { .. }) {
                    stop.begin();
                }
                sender.send(request).is_ok()
            }
        };
        // An error of the stream is its end, too.
        let _ = protocol::read(BufReader::new(front), hear, |line| eprintln!("not understood: {line}"));
        stop.stop(Wish::Interrupt);
    });
    requests
}

/// The way to the front.
#[derive(Clone, Default)]
struct Answers(Arc<Mutex<Option<Box<dyn Write + Send>>>>);

impl Answers {
    /// What is said before is not heard by anybody.
    fn open(&self, front: impl Write + Send + 'static) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(front));
    }

    fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn say(&self, answer: &Answer) {
        if let Some(front) = &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            // A front that is gone is heard of by the end of its requests.
            let _ = protocol::write(front, answer);
        }
    }
}
