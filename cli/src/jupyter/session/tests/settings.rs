//! Whatever a user has set for Cargo, a kernel's start compiles its own crate and nothing else.

use super::course::{Course, start};

const ONLY_ITS_OWN: [&str; 2] = ["ctx", "ctx"];

#[test]
fn a_kernels_start_compiles_only_its_own_crate() {
    let course = Course::new();
    let (sessions, compiled) = course.prepared();
    assert_eq!(compiled, ["helper", "neurobook", "ctx"]);
    assert_eq!(start(&sessions, &sessions.open().unwrap(), &[]), ONLY_ITS_OWN);
}

#[test]
fn variables_that_are_set_after_the_set_up_compile_nothing() {
    let course = Course::new();
    let (sessions, _) = course.prepared();
    let hostile = [
        ("RUSTC_WRAPPER", "/nonexistent/sccache"),
        ("CARGO_BUILD_RUSTC_WRAPPER", "/nonexistent/sccache"),
        ("RUSTC_WORKSPACE_WRAPPER", "/nonexistent/wrapper"),
        ("CARGO_INCREMENTAL", "0"),
        ("CARGO_BUILD_INCREMENTAL", "false"),
        ("CARGO_ENCODED_RUSTFLAGS", "-Ctarget-cpu=native"),
        ("CARGO_BUILD_RUSTFLAGS", "-Ctarget-cpu=native"),
        ("RUSTFLAGS", "-Ctarget-cpu=native"),
        ("CARGO_BUILD_TARGET", "wasm32-unknown-unknown"),
        ("CARGO_TARGET_DIR", "/nonexistent/target"),
        ("CARGO_BUILD_BUILD_DIR", "/nonexistent/target"),
        ("CARGO_PROFILE_DEV_CODEGEN_UNITS", "3"),
        ("CARGO_PROFILE_DEV_OPT_LEVEL", "1"),
        ("CARGO_PROFILE_DEV_DEBUG", "true"),
        ("CARGO_PROFILE_DEV_LTO", "thin"),
        ("CARGO_PROFILE_DEV_PANIC", "abort"),
        ("RUSTC", "/nonexistent/rustc"),
    ];
    for variable in hostile {
        let compiled = start(&sessions, &sessions.open().unwrap(), &[variable]);
        assert_eq!(compiled, ONLY_ITS_OWN, "{variable:?}");
    }
    assert_eq!(start(&sessions, &sessions.open().unwrap(), &hostile), ONLY_ITS_OWN);
}

#[test]
fn settings_in_files_are_overruled_or_get_a_template_of_their_own() {
    let all = [
        "[build]\nrustc-wrapper = \"/nonexistent/sccache\"\nrustc-workspace-wrapper = \"/nonexistent/wrapper\"",
        "[build]\nincremental = false",
        "[build]\nrustflags = [\"-Ctarget-cpu=native\"]\ntarget = \"wasm32-unknown-unknown\"",
        "[build]\ntarget-dir = \"/nonexistent/target\"\nbuild-dir = \"/nonexistent/target\"",
        "[profile.dev]\ncodegen-units = 3\ndebug = true\nlto = \"thin\"\npanic = \"abort\"\nincremental = false",
        "[profile.dev.package.helper]\nopt-level = 1",
        "[profile.dev.build-override]\nopt-level = 3",
        "[env]\nRUSTFLAGS = \"-Ctarget-cpu=native\"",
        "[unstable]\nbuild-std = [\"core\"]",
    ];
    let course = Course::new();
    let before = course.prepared().0.key().to_owned();
    for settings in all {
        course.set(settings);
        let (sessions, _) = course.prepared();
        assert_ne!(sessions.key(), before, "{settings}");
        assert_eq!(start(&sessions, &sessions.open().unwrap(), &[]), ONLY_ITS_OWN, "{settings}");
    }
}

#[test]
fn the_settings_of_the_users_own_home_of_cargo_hold_in_the_sessions() {
    let course = Course::new();
    let home = course.path("home of cargo");
    let settings = home.join("config.toml");
    course.write(
        "home of cargo/config.toml",
        "[source.crates-io]\nreplace-with = \"mirror\"\n[source.mirror]\ndirectory = \"vendor\"\n",
    );
    let sessions = course.sessions();
    let lent = super::super::settings::lent(&settings).unwrap();
    assert!(lent.starts_with("include = ") && lent.contains("home of cargo/config.toml"), "{lent}");
    std::fs::create_dir_all(sessions.cargo_home().unwrap()).unwrap();
    std::fs::write(sessions.cargo_home().unwrap().join("config.toml"), lent).unwrap();
    // A crate that only a mirror could have: Cargo says which it asked.
    std::fs::create_dir_all(course.cache.join("asks/src")).unwrap();
    std::fs::write(course.cache.join("asks/src/lib.rs"), "").unwrap();
    std::fs::write(
        course.cache.join("asks/Cargo.toml"),
        "[package]\nname = \"asks\"\nedition = \"2024\"\n[dependencies]\nlibc = \"0.2\"\n",
    )
    .unwrap();
    for words in [&["fetch"][..], &["build", "--offline"]] {
        let done = sessions.cargo(&course.cache.join("asks")).unwrap().args(words).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(said.contains("vendor"), "{words:?}: {said}");
    }
}

#[test]
fn names_that_are_no_easy_ones_do_no_harm() {
    for name in ["Kurs fu\u{308}r A\u{308}rzte", "हिन्दी\u{94d}", "عَرَبِيّ", "a\u{a0}b", "👩\u{200d}🔬", "a \"b\" \\ c"]
    {
        let course = Course::called(name);
        let (sessions, compiled) = course.prepared();
        assert_eq!(compiled, ["helper", "neurobook", "ctx"], "{name}");
        sessions.open().unwrap();
    }
}

#[test]
#[cfg(unix)]
fn the_same_cache_under_another_name_compiles_nothing() {
    let course = Course::new();
    let (sessions, _) = course.prepared();
    let other = course.path("another name");
    std::os::unix::fs::symlink(&course.cache, &other).unwrap();
    let there = super::super::Sessions::within(sessions.root.clone(), other).unwrap();
    assert!(there.is_ready());
    assert_eq!(start(&there, &there.open().unwrap(), &[]), ONLY_ITS_OWN);
}
