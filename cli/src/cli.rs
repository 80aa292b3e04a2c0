//! The commands. Their doc comments are the help that `neurobook --help` prints.

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::answers::read_submission;
use crate::commands::{
    build, check, completion, convert, hand_out, kernel, lab, merge, progress, register, run, setup,
};
use crate::jupyter::environment;
use crate::notebook::learner_notebooks;
use crate::{grading, nbgrader, sandbox, site};

/// The workbook for computational neurology: open it, build it, run it.
#[derive(Parser)]
#[command(name = "neurobook", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Open JupyterLab on your own copies of the chapters. Sets up what is missing first
    Lab(lab::Options),
    /// Make everything that `lab` needs, without opening it: JupyterLab, the kernel, its crates
    Setup(setup::Options),
    /// Make the kernel known to VS Code and to every other Jupyter program of yours
    Register(register::Options),
    /// Make the copies of the chapters that are missing, then start a command: for a JupyterHub
    HandOut(hand_out::Options),
    /// Build the student and solution notebooks from notebooks/*.rs
    Build(build::Options),
    /// Write the course as pages for any web server: every chapter run, with sliders that move without a kernel
    Site(site::Options),
    /// Run a notebook from its first cell to its last, without Jupyter
    Run(run::Options),
    /// Check the exercises of a notebook, without Jupyter
    Check(check::Options),
    /// Say what is done, what is next and how long it takes, across the chapters
    Progress(progress::Options),
    /// Make the course's CSV of a file that NumPy, pandas, MATLAB, Excel, fMRIPrep or TVB wrote, and say what was assumed
    Convert(convert::Options),
    /// Make a folder in which nbgrader hands out, collects and marks the chapters
    Nbgrader(nbgrader::Options),
    /// Grade submissions in a sandbox, against the chapter's own solution: marks, feedback, an overview
    Grade(grading::Options),
    /// Put the folders of a run's shards together: the same as from a single run
    Merge(merge::Options),
    /// Start a chapter again. Your copy is kept in notebooks/mine/backups
    Reset(learner_notebooks::Options),
    /// Get the new version of a chapter with your own work in it. Your copy is kept as with `reset`
    Update(learner_notebooks::Options),
    /// Say which layers of the grader's sandbox hold on this machine, or run a program in it
    Sandbox(sandbox::Options),
    /// A notebook's kernel, as Jupyter starts it
    #[command(hide = true)]
    Kernel(kernel::Options),
    /// Ends what works below a kernel when that ends
    #[command(hide = true)]
    KernelGuard,
    /// Removes what killed kernels have left (a step of `kernel-guard`)
    #[command(hide = true)]
    KernelSweep,
    /// Says where the next kernel's spare is (asked by kernels that live when the course was updated)
    #[command(hide = true)]
    KernelSpare,
    /// Compile what a kernel needs (a step of `kernel`)
    #[command(hide = true)]
    Prepare,
    /// Compile what completes names at the Tab key (a step of `lab`)
    #[command(hide = true)]
    PrepareCompletion,
    /// Takes the answers out of a submission, inside the sandbox (a step of `grade`)
    #[command(hide = true)]
    ReadSubmission,
    /// The processes inside the sandbox
    #[command(hide = true)]
    Confined {
        #[command(subcommand)]
        inside: sandbox::Inside,
    },
    /// Run a Python program in JupyterLab's environment, where the kernel `rust` is known
    #[command(hide = true)]
    Python {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

/// Does what the command line says.
pub fn run() -> Result<ExitCode> {
    match Arguments::parse().command {
        Command::Lab(options) => lab::lab(&options),
        Command::Setup(options) => setup::setup(&options),
        Command::Register(options) => register::register(&options),
        Command::HandOut(options) => hand_out::hand_out(&options),
        Command::Build(options) => build::build(&options),
        Command::Site(options) => site::site(&options),
        Command::Run(options) => run::run(&options),
        Command::Check(options) => check::check(&options),
        Command::Progress(options) => progress::progress(&options),
        Command::Convert(options) => convert::convert(&options),
        Command::Nbgrader(options) => nbgrader::nbgrader(&options),
        Command::Grade(options) => grading::grade(&options),
        Command::Merge(options) => merge::merge(&options),
        Command::Reset(options) => learner_notebooks::reset(&options),
        Command::Update(options) => learner_notebooks::update(&options),
        Command::Sandbox(options) => sandbox::sandbox(&options),
        Command::ReadSubmission => read_submission::serve(),
        Command::Confined { inside } => sandbox::confined(&inside),
        Command::Kernel(options) => kernel::kernel(&options),
        Command::KernelGuard => Ok(kernel::guard()),
        Command::KernelSweep => kernel::sweep(),
        Command::KernelSpare => kernel::next_spare(),
        Command::Prepare => kernel::prepare(),
        Command::PrepareCompletion => completion::prepare(),
        Command::Python { arguments } => environment::python(&arguments),
    }
}
