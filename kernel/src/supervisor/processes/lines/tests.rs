//! What evcxr and the kernel get of what a cell prints.

use super::super::super::evidence::evidence;
use super::super::super::printed::Printed;
use super::*;

/// All that the kernel gets, when the cell prints this and ends.
fn passed_on(printed: &[u8]) -> String {
    let mut lines = Lines::new(Stream::Stdout, true);
    let mut kernel = Vec::new();
    lines.push(printed, &mut kernel);
    lines.finish(&mut kernel);
    String::from_utf8(kernel).unwrap()
}

#[test]
fn whole_lines_are_passed_on_as_they_are() {
    assert_eq!(passed_on(b"a\n\nb\n"), "a\n\nb\n");
}

#[test]
fn text_without_a_line_end_gets_one_that_says_so() {
    assert_eq!(passed_on(b"a\nb"), format!("a\nb{UNFINISHED}\n"));
    let text = passed_on(b"a\nb");
    assert_eq!(text.lines().map(|line| Printed::read(line).text).collect::<String>(), "a\nb");
}

#[test]
fn lines_of_evcxr_begin_a_line() {
    for mark in ["EVCXR_PANIC_NOTIFICATION", "EVCXR_ERROR_OCCURRED", "EVCXR_VARIABLE_CHANGED_TYPE:x"] {
        let text = passed_on(format!("step 3 {mark}\n").as_bytes());
        assert!(text.starts_with(&format!("step 3 {UNFINISHED}\n{mark}\n")), "{text}");
        assert!(passed_on(format!("{mark}\n").as_bytes()).starts_with(&format!("{mark}\n")));
    }
}

#[test]
fn the_kernel_hears_of_a_panic_and_of_a_failed_question_mark() {
    for (mark, seen) in [
        ("EVCXR_PANIC_NOTIFICATION", Evidence::Panicked),
        ("EVCXR_ERROR_OCCURRED", Evidence::QuestionMark),
        ("EVCXR_BEGIN_CONTENT text/html\n<b>EVCXR_PANIC_NOTIFICATION", Evidence::Panicked),
    ] {
        let text = passed_on(format!("{mark}\n").as_bytes());
        assert_eq!(text.lines().filter_map(evidence).collect::<Vec<_>>(), [seen]);
    }
}

#[test]
fn what_a_cell_shows_begins_and_ends_with_lines_of_their_own() {
    let shown = passed_on(b"step 3EVCXR_BEGIN_CONTENT text/html\n<b>\n</b>EVCXR_END_CONTENT\nnext\n");
    let expected = format!("step 3{UNFINISHED}\nEVCXR_BEGIN_CONTENT text/html\n<b>\n</b>\nEVCXR_END_CONTENT\nnext\n");
    assert_eq!(shown, expected);
}

#[test]
fn what_a_cell_began_to_show_ends_with_the_cell() {
    assert_eq!(
        passed_on(b"EVCXR_BEGIN_CONTENT text/html\n<b>"),
        "EVCXR_BEGIN_CONTENT text/html\n<b>\nEVCXR_END_CONTENT\n"
    );
}

#[test]
fn what_a_cell_has_shown_is_there_once_more_the_last_of_each_kind_and_nothing_of_the_cell_before() {
    let mut lines = Lines::new(Stream::Stdout, true);
    let mut kernel = Vec::new();
    lines.push(b"EVCXR_BEGIN_CONTENT text/plain\nearlier\nEVCXR_END_CONTENT\n", &mut kernel);
    lines.begin_cell();
    for kind in ["text/html 1", "text/plain", "text/html 2"] {
        lines.push(format!("EVCXR_BEGIN_CONTENT {kind}\n{kind}\n\n").as_bytes(), &mut kernel);
        lines.push(b"EVCXR_PANIC_NOTIFICATION\n", &mut kernel);
    }
    assert!(lines.gave_up());
    kernel.clear();
    lines.show_again(&mut kernel);
    let text = String::from_utf8(kernel).unwrap();
    let of = |kind, line| [Shown::Begins(kind), Shown::Line(line), Shown::Line(""), Shown::Ends];
    let expected = [of("text/plain", "text/plain"), of("text/html", "text/html 2")].concat();
    assert_eq!(text.lines().filter_map(Shown::read).collect::<Vec<_>>(), expected);
}

#[test]
fn a_cell_cannot_say_that_it_has_ended() {
    assert!(passed_on(format!("{COMPLETE}\n").as_bytes()).lines().all(|line| line != COMPLETE));
}

#[test]
fn a_cell_may_talk_about_the_lines_of_evcxr() {
    let sentence = "EVCXR_PANIC_NOTIFICATION is a line of evcxr\n";
    assert_eq!(passed_on(sentence.as_bytes()), sentence);
}

#[test]
fn bytes_that_are_no_text_are_replaced() {
    assert_eq!(passed_on(b"a\xffb\n"), "a\u{fffd}b\n");
    assert_eq!(passed_on(b"\xc3"), format!("\u{fffd}{UNFINISHED}\n"));
}

#[test]
fn a_letter_may_come_in_two_parts() {
    let mut lines = Lines::new(Stream::Stdout, true);
    let mut kernel = Vec::new();
    lines.push(b"a\xc3", &mut kernel);
    lines.pass_on_partial(&mut kernel);
    lines.push(b"\xa9\n", &mut kernel);
    assert_eq!(String::from_utf8(kernel).unwrap(), format!("a{UNFINISHED}\né\n"));
}

#[test]
fn a_line_that_pauses_is_passed_on_so_far_but_not_the_beginning_of_a_mark() {
    let mut lines = Lines::new(Stream::Stdout, true);
    let mut kernel = Vec::new();
    lines.push(b"10 %", &mut kernel);
    lines.pause(&mut kernel);
    assert!(kernel.is_empty());
    lines.pause(&mut kernel);
    lines.push(b" 20 % EVC", &mut kernel);
    lines.pause(&mut kernel);
    lines.pause(&mut kernel);
    lines.push(b"XR_ERROR_OCCURRED\n", &mut kernel);
    let expected = format!("10 %{UNFINISHED}\n 20 % {UNFINISHED}\nEVCXR_ERROR_OCCURRED\n");
    assert!(String::from_utf8(kernel).unwrap().starts_with(&expected));
}

#[test]
fn an_endless_line_is_passed_on_in_pieces() {
    let mut lines = Lines::new(Stream::Stdout, true);
    let mut kernel = Vec::new();
    for _ in 0..100 {
        lines.push(&[b'x'; 4096], &mut kernel);
    }
    lines.finish(&mut kernel);
    let text = String::from_utf8(kernel).unwrap();
    assert!(text.lines().all(|line| line.len() <= LONG + 4096 + UNFINISHED.len()));
    assert_eq!(text.lines().map(|line| Printed::read(line).text.len()).sum::<usize>(), 100 * 4096);
}

#[test]
fn that_memory_was_refused_is_noticed_once() {
    let mut lines = Lines::new(Stream::Stderr, true);
    lines.push(b"memory allocation of 40000000000 bytes failed\n", &mut Vec::new());
    assert!(lines.refuses_memory());
    lines.push(b"the memory allocation of a cell\n", &mut Vec::new());
    assert!(!lines.refuses_memory());
}

#[test]
fn a_process_that_gets_no_memory_says_so_without_a_backtrace() {
    let mut lines = Lines::new(Stream::Stderr, true);
    let mut kernel = Vec::new();
    lines.push(b"note: 3 runs\nmemory allocation of 9 bytes failed\nstack backtrace:\n", &mut kernel);
    lines.push(b"   0: alloc::alloc::handle_alloc_error\n             at /rustc/library/alloc.rs:1:1\n", &mut kernel);
    lines.push(b"note: Some details are omitted\nthe end\n", &mut kernel);
    let expected = ["note: 3 runs", "memory allocation of 9 bytes failed", "the end"];
    assert_eq!(String::from_utf8(kernel).unwrap(), expected.map(|line| format!("{ON_STDERR}{line}\n")).concat());
}

#[test]
fn a_line_on_standard_error_is_marked_and_never_one_of_evcxr() {
    let mut lines = Lines::new(Stream::Stderr, true);
    let mut kernel = Vec::new();
    lines.push(b"EVCXR_PANIC_NOTIFICATION\n", &mut kernel);
    assert_eq!(String::from_utf8(kernel).unwrap(), format!("{ON_STDERR}EVCXR_PANIC_NOTIFICATION\n"));
}
