//! A real process, killed at random moments and started again.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::{Class, assert_same};

const FOLDER: &str = "NEUROBOOK_TEST_KILLED";
const PAUSE: &str = "NEUROBOOK_TEST_PAUSE";

/// Not a test of its own: the process that the tests below end.
#[test]
fn the_process_that_is_killed() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let mut class = Class::new(&[]);
    class.pause = Duration::from_millis(std::env::var(PAUSE).unwrap().parse().unwrap());
    class.stop = super::super::stopped_by_signals().unwrap();
    let input = format!("{folder}/in");
    let out = format!("{folder}/out");
    let (status, _) = class.command(&["grade", &input, "--out", &out, "--seed", "7", "--jobs", "2"]);
    std::process::exit(i32::from(status));
}

fn start(class: &Class, pause: &str) -> Child {
    // What a killed process cannot remove goes with the class.
    let temporary = class.path("temporary");
    std::fs::create_dir_all(&temporary).unwrap();
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "grading::tests::killed::the_process_that_is_killed"])
        .env(FOLDER, class.folder.path())
        .env("TMPDIR", &temporary)
        .env("TMP", &temporary)
        .env(PAUSE, pause)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_run_that_is_asked_to_stop_says_try_again_and_goes_on_later() {
    let class = Class::of(40);
    class.grade("undisturbed", &["--seed", "7"]);
    let records = || super::super::Folder::at(&class.path("out")).marked().unwrap().len();
    for signal in ["-INT", "-TERM"] {
        let before = records();
        let mut process = start(&class, "50");
        while records() < before + 3 {
            assert!(process.try_wait().unwrap().is_none(), "it ended by itself");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
        assert_eq!(process.wait().unwrap().code(), Some(3), "{signal}");
        assert!(records() < 40 && !class.path("out/grades.csv").exists());
    }
    assert!(start(&class, "1").wait().unwrap().success());
    assert_same(&class.path("undisturbed"), &class.path("out"));
}

#[test]
fn a_run_that_is_killed_again_and_again_gives_the_bytes_of_an_undisturbed_one() {
    let class = Class::of(40);
    assert_eq!(class.grade("undisturbed", &["--seed", "7"]), (0, 40));
    let out = class.path("out");
    let start = || start(&class, "3");
    let begin = Instant::now();
    assert!(start().wait().unwrap().success());
    let whole = begin.elapsed();
    assert_same(&class.path("undisturbed"), &out);
    std::fs::remove_dir_all(&out).unwrap();

    let mut random = 2026_u64;
    let mut fraction = || {
        // Any generator will do; this one is Knuth's.
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as f64 / (1_u64 << 31) as f64
    };
    let records = || super::super::Folder::at(&out).marked().unwrap().len();
    let (mut killed, mut half_way, mut finished) = (0, 0, 0);
    // In CI, a hundred times.
    let kills = std::env::var("NEUROBOOK_TEST_KILLS").map_or(20, |kills| kills.parse().unwrap());
    while killed < kills {
        let mut process = start();
        // Every other time the moment is one of the marking, however slow the machine is.
        if killed % 2 == 0 {
            std::thread::sleep(whole.mul_f64(fraction()));
        } else {
            let there = records();
            let enough = there + ((40 - there) as f64 * fraction()) as usize;
            while records() < enough && process.try_wait().unwrap().is_none() {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_millis(5).mul_f64(fraction()));
        }
        if process.try_wait().unwrap().is_none() {
            process.kill().unwrap();
            killed += 1;
            half_way += usize::from((1..40).contains(&records()));
        }
        if process.wait().unwrap().success() {
            finished += 1;
            assert_same(&class.path("undisturbed"), &out);
            std::fs::remove_dir_all(&out).unwrap();
        }
    }
    assert!(start().wait().unwrap().success());
    assert_same(&class.path("undisturbed"), &out);
    eprintln!("killed {killed} times, {half_way} of them with some records; came to the end {finished} times");
    assert!(half_way > 0, "the moments are no good");
}
