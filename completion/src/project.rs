//! One crate graph in rust-analyzer: a session's crates and the standard library, read once.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, anyhow};
use crossbeam_channel::Receiver;
use ra_ap_base_db::SourceRoot;
use ra_ap_hir::ChangeWithProcMacros;
use ra_ap_ide::AnalysisHost;
use ra_ap_ide_db::FxHashMap;
use ra_ap_paths::AbsPathBuf;
use ra_ap_project_model::{CargoConfig, ProjectManifest, ProjectWorkspace, RustLibSource};
use ra_ap_vfs::file_set::FileSetConfig;
use ra_ap_vfs::loader::{Config, Directories, Entry, Handle, LoadingProgress, Message};
use ra_ap_vfs::{Change, FileId, Vfs, VfsPath};
use ra_ap_vfs_notify::NotifyHandle;

use crate::manifest::Manifest;

/// A loaded crate graph. The text of the one file that a cell is part of changes with each question.
pub struct Project {
    pub host: AnalysisHost,
    pub file: FileId,
    pub source: String,
}

impl Project {
    /// Reads the crates of a manifest, in a folder that is this program's own. Takes seconds.
    pub fn load(manifest: &Manifest, folder: &Path) -> Result<Project> {
        manifest.write(folder)?;
        let folder = absolute(folder)?;
        let workspace = ProjectWorkspace::load(
            ProjectManifest::from_manifest_file(folder.join("Cargo.toml"))?,
            &cargo_config(folder.as_ref())?,
            &|_| {},
        )?;

        let mut vfs = Vfs::default();
        read_files(&workspace, &mut vfs);
        let source_path = VfsPath::from(folder.join("src/lib.rs"));
        vfs.set_file_contents(source_path.clone(), Some(Vec::new()));

        let mut change = ChangeWithProcMacros::default();
        for (file, changed) in vfs.take_changes() {
            let (Change::Create(bytes, _) | Change::Modify(bytes, _)) = changed.change else { continue };
            if let Ok(text) = String::from_utf8(bytes) {
                change.change_file(file, Some(text));
            }
        }
        change.set_roots(source_roots(&vfs, folder.clone().into()));
        let (crates, _) = workspace.to_crate_graph(
            &mut |path| vfs.file_id(&VfsPath::from(path.to_path_buf())).map(|(file, _)| file),
            &FxHashMap::default(),
        );
        change.set_crate_graph(crates);

        let (file, _) = vfs.file_id(&source_path).context("the analysed file was not kept")?;
        let mut host = AnalysisHost::default();
        host.apply_change(change);
        Ok(Project { host, file, source: String::new() })
    }

    pub fn set_source(&mut self, source: &str) {
        if self.source != source {
            let mut change = ChangeWithProcMacros::default();
            change.change_file(self.file, Some(source.to_owned()));
            self.host.apply_change(change);
            source.clone_into(&mut self.source);
        }
    }
}

/// The learner's file may change and shows all it has; the crates never change, and show what is public.
///
/// That they never change also saves rust-analyzer from looking again at each of them after each key.
fn source_roots(vfs: &Vfs, folder: VfsPath) -> Vec<SourceRoot> {
    let mut sets = FileSetConfig::builder();
    sets.add_file_set(vec![folder]);
    let mut sets = sets.build().partition(vfs).into_iter();
    let own = sets.next().map(SourceRoot::new_local);
    own.into_iter().chain(sets.map(SourceRoot::new_library)).collect()
}

/// Reads each Rust file of the crates.
fn read_files(workspace: &ProjectWorkspace, vfs: &mut Vfs) {
    let (sender, messages): (_, Receiver<Message>) = crossbeam_channel::unbounded();
    let mut loader = NotifyHandle::spawn(sender);
    let load = workspace.to_roots().into_iter().map(|root| {
        Entry::Directories(Directories {
            extensions: vec!["rs".to_owned()],
            include: root.include,
            exclude: root.exclude,
        })
    });
    loader.set_config(Config { version: 1, load: load.collect(), watch: Vec::new() });
    for message in &messages {
        match message {
            Message::Progress { n_done: LoadingProgress::Finished, .. } => break,
            Message::Progress { .. } => {}
            Message::Loaded { files } | Message::Changed { files } => {
                for (path, contents) in files {
                    vfs.set_file_contents(path.into(), contents);
                }
            }
        }
    }
}

fn cargo_config(folder: &Path) -> Result<CargoConfig> {
    let mut config = CargoConfig { sysroot: Some(RustLibSource::Discover), ..CargoConfig::default() };
    config.extra_env.insert("CARGO_NET_OFFLINE".to_owned(), Some("true".to_owned()));
    if !has_library_sources() {
        // rust-analyzer would ask the network for them. An empty library keeps it from that.
        let empty = folder.join("no-library");
        fs::create_dir_all(empty.join("core")).with_context(|| format!("cannot create {}", empty.display()))?;
        config.sysroot_src = Some(absolute(&empty)?);
    }
    Ok(config)
}

/// Whether the standard library's sources are at hand, in the two places where rust-analyzer looks.
fn has_library_sources() -> bool {
    let named = std::env::var_os("RUST_SRC_PATH").map(PathBuf::from);
    if named.is_some_and(|path| path.is_absolute() && path.join("core").is_dir()) {
        return true;
    }
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let Ok(output) = Command::new(rustc).args(["--print", "sysroot"]).output() else { return false };
    let sysroot = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    !sysroot.is_empty() && Path::new(&sysroot).join("lib/rustlib/src/rust/library/core").is_dir()
}

fn absolute(path: &Path) -> Result<AbsPathBuf> {
    let text = path.to_str().with_context(|| format!("{} is not UTF-8", path.display()))?;
    AbsPathBuf::try_from(text).map_err(|_| anyhow!("{text} is not an absolute path"))
}
