use neurobook::check::{Value, fields};
use neurobook::num_complex::Complex64;
use proptest::prelude::*;

use super::*;

const MARK: &str = "neurobook-0123456789abcdef";

fn values() -> impl Strategy<Value = Value> {
    let number =
        || any::<(f64, bool, f64)>().prop_map(|(re, real, im)| Complex64::new(re, if real { 0.0 } else { im }));
    let text = || prop_oneof![any::<String>(), "[\"\\r\\n, a]{0,8}", Just(format!("\n{MARK},end\n"))];
    prop_oneof![
        number().prop_map(Value::Number),
        text().prop_map(Value::Text),
        prop::collection::vec(text(), 0..4).prop_map(Value::Texts),
        (0..3_usize, 0..3_usize).prop_flat_map(move |(rows, columns)| {
            prop::collection::vec(number(), rows * columns)
                .prop_map(move |values| Value::Numbers { shape: vec![rows, columns], values })
        }),
    ]
}

/// Equal, or not a number in the same places.
fn same(one: &Value, other: &Value) -> bool {
    let bits = |value: f64| if value.is_nan() { f64::NAN.to_bits() } else { (value + 0.0).to_bits() };
    let all = |value: &Value| -> Vec<[u64; 2]> {
        value.numbers().iter().map(|number| [bits(number.re), bits(number.im)]).collect()
    };
    (all(one), one.texts(), one.shape()) == (all(other), other.texts(), other.shape())
}

/// What a program writes for one case.
fn reply(name: &str, value: &Value) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(b"\n".to_vec());
    let mut row = vec![MARK.to_owned(), "value".to_owned()];
    row.extend(fields(name, value));
    writer.write_record(row).unwrap();
    writer.write_record([MARK, "end"]).unwrap();
    writer.into_inner().unwrap()
}

proptest! {
    #[test]
    fn whatever_is_printed_around_it_a_reply_is_read_as_it_was_written(before in any::<String>(), value in values(), after in any::<String>()) {
        let mut stdout = before.replace(MARK, "").into_bytes();
        stdout.extend(reply("x", &value));
        stdout.extend(after.replace(MARK, "").bytes());
        let replies = Replies::read(&stdout, MARK, &[case()]);
        prop_assert_eq!(replies.outcomes.len(), 1);
        let read = replies.outcomes[0].as_ref().unwrap();
        prop_assert!(same(read.get("x").unwrap(), &value), "{:?} is read as {:?}", value, read);
    }

    #[test]
    fn nothing_is_a_reply_that_does_not_begin_with_the_mark(text in any::<String>(), rows in "(value|end|stopped|blank|mark|,|\"|\n|x){0,40}") {
        for text in [text, rows] {
            let other = text.replace(MARK, "");
            let lines = format!("{other}\n {MARK},end\nx{MARK},end\n{MARK}2,end\n,{MARK},end\n");
            prop_assert!(Replies::read(lines.as_bytes(), MARK, &[case(), case()]).outcomes.is_empty());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), rows in prop::collection::vec("(value|end|stopped|blank|number|numbers|complexes|texts|2x2|1|NaN|,|\"|\n){0,20}", 0..10)) {
        let marked: String = rows.iter().map(|row| format!("{MARK},{row}\n")).collect();
        Replies::read(&bytes, MARK, &[case()]);
        Replies::read(marked.as_bytes(), MARK, &[case(), case()]);
        Replies::read(&bytes, "", &[case()]);
    }
}

#[test]
fn a_program_that_stops_says_why_and_what_it_printed_is_kept_apart() {
    let stdout = format!(
        "one\n{MARK},blank,twice x\n{MARK},end\ntwo\n{MARK},stopped,\"a\nb\"\n{MARK},end\n{MARK},value,x,number,1\n"
    );
    let replies = Replies::read(stdout.as_bytes(), MARK, &[case(), case(), case()]);
    let expected = [Err(StopReason::AtBlank("twice x".into())), Err(StopReason::Panicked("a\nb".into()))];
    assert_eq!(replies.outcomes, expected, "a reply without its end is none");
    assert_eq!(replies.printed, "one\ntwo\n");
}

#[test]
fn megabytes_of_line_ends_in_a_message_are_read_in_no_time_and_cut() {
    for filler in ["\n", "\u{1}", ",", "\"\"", "x\n"] {
        let message = filler.repeat(3_000_000 / filler.len());
        let stdout = format!("{MARK},stopped,\"{message}\"\n{MARK},end\n");
        let begin = std::time::Instant::now();
        let replies = Replies::read(stdout.as_bytes(), MARK, &[case(), case(), case()]);
        assert!(begin.elapsed() < std::time::Duration::from_secs(5), "{filler:?}: {:?}", begin.elapsed());
        let Err(StopReason::Panicked(said)) = &replies.outcomes[0] else { panic!("{:?}", replies.outcomes) };
        assert!(said.chars().count() <= 1_001 && !said.contains('\u{1}'), "{filler:?}");
    }
}

#[test]
fn a_hundred_thousand_results_are_stopped_at_a_limit() {
    let values = format!("{MARK},value,x,number,1\n").repeat(100_000);
    let replies = Replies::read(format!("{values}{MARK},end\n").as_bytes(), MARK, &[case()]);
    assert!(matches!(&replies.outcomes[..], [Err(StopReason::AtLimit(_))]), "{:?}", replies.outcomes.len());
}

/// A case of which one number is expected.
fn case() -> Case {
    let mut expected = Values::new();
    expected.insert("x", Value::Number(Complex64::from(1.0)));
    Case { name: String::new(), inputs: Values::new(), expected, is_hidden: false }
}

#[test]
fn what_is_far_larger_than_what_is_asked_for_is_not_kept_and_the_next_case_is() {
    let words = Value::Texts(vec![String::new(); 1_000_000]);
    let list = Value::Numbers { shape: vec![100_000], values: vec![Complex64::from(1.0); 100_000] };
    for large in [words, list, Value::Text("x".repeat(1_000_000))] {
        let mut stdout = reply("x", &large);
        stdout.extend(reply("x", &Value::Number(Complex64::from(1.0))));
        let cases = [case(), case()];
        let replies = Replies::read(&stdout, MARK, &cases);
        assert!(matches!(&replies.outcomes[..], [Err(StopReason::AtLimit(_)), Ok(_)]), "{:?}", replies.outcomes.len());
    }
}

#[test]
fn no_way_to_write_a_row_goes_round_the_limits_and_what_is_behind_the_last_case_is_none() {
    let many = ",".repeat(1_000_000);
    let rows = [
        format!("\"value\",x,texts{many}"),
        format!("value,\"x\",\"texts\"{many}"),
        format!("\"va\"lue,x,texts{many}"),
    ];
    for row in rows {
        let stdout = format!("{MARK},{row}\n{MARK},end\n");
        let replies = Replies::read(stdout.as_bytes(), MARK, &[case()]);
        assert!(matches!(&replies.outcomes[..], [Err(StopReason::AtLimit(_))]), "{:?}", &row[..20]);
    }
    let forged = format!("{MARK},end\n").repeat(100_000);
    assert_eq!(Replies::read(forged.as_bytes(), MARK, &[case(), case()]).outcomes.len(), 2);
}

#[test]
fn what_is_a_little_longer_is_judged_by_its_values() {
    let longer = Value::Numbers { shape: vec![500], values: vec![Complex64::from(1.0); 500] };
    let replies = Replies::read(&reply("x", &longer), MARK, &[case()]);
    assert!(replies.outcomes[0].as_ref().unwrap().get("x") == Some(&longer));
}
