//! Spares in a folder, and threads in the place of their processes.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;

use super::*;

fn place(folder: &Path, version: &str) -> SparePlace {
    SparePlace::new(folder, Path::new("/course"), version)
}

#[test]
fn a_spare_is_had_by_one_and_by_nobody_else() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path(), "1");
    assert!(place.take().is_none());
    let keeping = place.clone().keep().unwrap().unwrap();
    let listener = keeping.offer().unwrap();
    assert_eq!(fs::metadata(place.path()).unwrap().permissions().mode() & 0o077, 0);
    let takers: Vec<_> = (0..8)
        .map(|_| {
            let place = place.clone();
            thread::spawn(move || place.take_now().is_some())
        })
        .collect();
    let had: Vec<bool> = takers.into_iter().map(|taker| taker.join().unwrap()).collect();
    assert_eq!(had.iter().filter(|had| **had).count(), 1);
    assert!(listener.accept().is_ok());
}

#[test]
fn a_spare_on_its_way_is_waited_for_and_a_second_one_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path(), "1");
    let keeping = place.clone().keep().unwrap().unwrap();
    assert!(place.is_kept() && place.clone().keep().unwrap().is_none());
    let waiting = place.clone();
    let taker = thread::spawn(move || waiting.take().is_some());
    thread::sleep(Duration::from_millis(50));
    let _listener = keeping.offer().unwrap();
    assert!(taker.join().unwrap());
    drop(keeping);
    assert!(!place.is_kept());
}

#[test]
fn what_a_killed_spare_has_left_is_no_spare_and_does_not_disturb_the_next() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path(), "1");
    let keeping = place.clone().keep().unwrap().unwrap();
    drop(keeping.offer().unwrap());
    assert!(place.take_now().is_none());
    drop(keeping.offer().unwrap());
    let _listener = keeping.offer().unwrap();
    assert!(place.take_now().is_some());
}

#[test]
fn what_a_killed_spare_of_another_course_has_left_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let killed = SparePlace::new(folder.path(), Path::new("/other"), "1").keep().unwrap().unwrap();
    drop(killed.offer().unwrap());
    let left = killed.place();
    drop(killed);
    assert!(left.path().exists());
    assert!(place(folder.path(), "1").take().is_none());
    assert!(!left.path().exists());
}

#[test]
fn a_spare_of_another_version_is_ended_and_one_of_another_course_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let old = place(folder.path(), "old").keep().unwrap().unwrap();
    let other = SparePlace::new(folder.path(), Path::new("/other"), "old");
    let stranger = other.clone().keep().unwrap().unwrap();
    let (old_socket, _strangers_socket) = (old.offer().unwrap(), stranger.offer().unwrap());
    assert!(place(folder.path(), "new").take().is_none());
    let mut said = String::new();
    old_socket.accept().unwrap().0.read_to_string(&mut said).unwrap();
    assert_eq!(said.trim(), "\"shutdown\"");
    assert!(other.take_now().is_some());
}

#[test]
fn a_spare_ends_with_the_last_kernel_or_when_it_has_waited_long() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path(), "1");
    let keeping = place.clone().keep().unwrap().unwrap();
    let pause = Duration::from_millis(5);
    for long in [Duration::from_secs(600), Duration::ZERO] {
        let kernel = place.presence().attend().unwrap();
        let listener = keeping.offer().unwrap();
        let watched = place.clone();
        let watch = thread::spawn(move || watched.watch(Instant::now(), long, pause));
        if !long.is_zero() {
            thread::sleep(10 * pause);
            assert!(place.path().exists(), "a kernel lives");
            drop(kernel);
        }
        watch.join().unwrap();
        let mut said = String::new();
        listener.accept().unwrap().0.read_to_string(&mut said).unwrap();
        assert_eq!(said.trim(), "\"shutdown\"");
    }
}

#[test]
fn a_place_is_cleared_of_a_spare_that_is_on_its_way_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let place = place(folder.path(), "1");
    let keeping = place.clone().keep().unwrap().unwrap();
    let clearing = thread::spawn(move || place.clear());
    thread::sleep(Duration::from_millis(50));
    let listener = keeping.offer().unwrap();
    let mut said = String::new();
    listener.accept().unwrap().0.read_to_string(&mut said).unwrap();
    assert_eq!(said.trim(), "\"shutdown\"");
    drop(keeping);
    clearing.join().unwrap();
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
