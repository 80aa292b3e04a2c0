//! Damaged and lying files: every reader ends with tables that the course reads, or with a message, and never with a panic.
//!
//! `cargo test -p neurobook-cli --lib convert::fuzz` tries a fixed number, the same ones each time.
//! `NEUROBOOK_FUZZ_SECONDS=600` before it tries others for ten minutes. A failure names its seed, which
//! `NEUROBOOK_FUZZ_SEED` gives again.

use std::env;
use std::io::{Cursor, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use neurobook::data;
use neurobook::rand::{RngExt, SeedableRng};
use neurobook::rand_pcg::Pcg64;
use zip::write::{SimpleFileOptions, ZipWriter};

use super::detect::convert_bytes;
use super::{Choices, Edges, Layout, TimeAxis};

const TRIES: u64 = 5_000;

/// What means something to one of the readers.
const WORDS: [&[u8]; 44] = [
    b",",
    b";",
    b"\t",
    b" ",
    b"\n",
    b"\r",
    b"\"",
    b"n/a",
    b"NaN",
    b"-inf",
    b"1e999",
    b"0,5",
    b"#",
    b"%",
    b"True",
    b"participant_id",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xff",
    b"\0",
    b"\0\0\0\0",
    b"\xff\xff\xff\xff",
    b"\xff\xff\xff\x7f",
    b"\x01\0\0\0",
    b"\x0e\0\0\0",
    b"\x0f\0\0\0",
    b"\x05\0\x04\0",
    b"{'descr': '<f8', ",
    b"(",
    b")",
    b"'|O'",
    b"99999999999999999999",
    b"18446744073709551615",
    b"9007199254740993",
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"BZh9",
    b"<",
    b">",
    b"&#",
    b"<edge source=\"a\" target=\"a\">",
    b"<!--",
    b"</",
    "ä😀\u{202e}".as_bytes(),
];

/// A file of each kind, by its name.
fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let npy = |descr: &str, shape: &str, data: &[u8]| {
        let mut bytes = super::numpy::MAGIC.to_vec();
        let header = format!("{{'descr': '{descr}', 'fortran_order': False, 'shape': {shape}, }}\n");
        bytes.extend([1, 0]);
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(data);
        bytes
    };
    let doubles: Vec<u8> = (0..6).flat_map(|value| f64::from(value).to_le_bytes()).collect();
    let array = npy("<f8", "(2, 3)", &doubles);
    let zip = |files: &[(&str, &[u8])]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    };
    let stored = |bytes: &[u8]| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let plain = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
        zip.start_file("W.npy", plain).unwrap();
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap().into_inner()
    };
    let weights: &[u8] = b"0 1 2\n3 0 4\n5 6 0\n";
    let centers: &[u8] = b"rA1 1 2 3\nrA2 4 5 6\nlA1 7 8 9.5\n";
    let graph: &[u8] =
        b"<graphml><key id=\"d\" for=\"edge\" attr.name=\"weight\"/><graph edgedefault=\"directed\"><node id=\"a\"/>\
        <edge source=\"a\" target=\"b\"><data key=\"d\">0.5</data></edge></graph></graphml>";
    let people: &[u8] = b"participant_id\tage\tsex\tmmse\nsub-01\t71\tF\tn/a\nsub-02\t89+\tn/a\t28\n";
    let utf16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain("a\tb\n1\t2\n".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let matlab4 = |kind: u32, shape: [u32; 2], data: &[f64]| {
        let words = [kind, shape[0], shape[1], 0, 2];
        let mut bytes: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        bytes.extend(b"W\0");
        bytes.extend(data.iter().flat_map(|value| value.to_le_bytes()));
        bytes
    };
    vec![
        ("a.npy", array.clone()),
        ("a.npy", npy(">i8", "(6,)", &doubles)),
        ("a.npy", npy("<f2", "(1, 4, 3)", &doubles[..24])),
        ("a.npz", zip(&[("W.npy", &array), ("labels.npy", &npy("<U1", "(1,)", &[0; 4]))])),
        ("a.npz", stored(&array)),
        ("a.mat", super::matlab::tests::file(&super::matlab::tests::variables())),
        ("a.mat", matlab4(0, [2, 2], &[1.0, 2.0, 3.0, 4.0])),
        ("a.mat", matlab4(2, [3, 3], &[1.0, 2.0, 2.0, 2.0, 1.0, 3.0, 5.0, 6.0, 0.0])),
        ("a.zip", zip(&[("weights.txt", weights), ("centres.txt", centers)])),
        ("a.zip", zip(&[("c/weights.txt", weights), ("c/tract_lengths.txt", weights), ("c/labels.txt", b"a\nb\nc\n")])),
        ("a.graphml", graph.to_vec()),
        ("participants.tsv", people.to_vec()),
        ("a.tsv", b"dvars\ttrans_x\nn/a\t0.1\n1.5\t-0.2\n2.5\t1e-7\n".to_vec()),
        ("a.csv", b",left,right\nleft,1,0.5\nright,0.5,1\n".to_vec()),
        ("a.csv", b"a;\"b;c\"\n1,5;2\n3;4\n".to_vec()),
        ("a.txt", b"# made by hand\n  1.0e+00   2.0e+00\n -3 4\n".to_vec()),
        ("a.csv", utf16),
    ]
}

/// One to five changes: of bytes, words, and of whole stretches.
fn damaged(random: &mut Pcg64, bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..random.random_range(1..6) {
        if bytes.is_empty() {
            bytes.push(b'1');
        }
        let at = random.random_range(0..bytes.len());
        let end = (at + random.random_range(1..60)).min(bytes.len());
        let word = WORDS[random.random_range(0..WORDS.len())];
        match random.random_range(0..8) {
            0 | 1 => bytes[at] = random.random(),
            2 => bytes[at] ^= 1 << random.random_range(0..8),
            3 => drop(bytes.drain(at..end)),
            4 => bytes.truncate(at + 1),
            5 => {
                let stretch = bytes[at..end].to_vec();
                let to = random.random_range(0..bytes.len());
                bytes.splice(to..to, stretch);
            }
            // In place, so that lengths still fit.
            6 => {
                let end = (at + word.len()).min(bytes.len());
                bytes[at..end].copy_from_slice(&word[..end - at]);
            }
            _ => drop(bytes.splice(at..at, word.iter().copied())),
        }
    }
    bytes
}

fn choices(random: &mut Pcg64) -> Choices {
    if random.random_range(0..2) == 0 {
        return Choices::default();
    }
    let mut one = || random.random_range(0..12) == 0;
    Choices {
        array: one().then(|| "W".to_owned()),
        columns: if one() { vec!["2".to_owned(), "left".to_owned()] } else { Vec::new() },
        layout: if one() { Some(Layout::Series) } else { one().then_some(Layout::Matrix) },
        time: if one() { Some(TimeAxis::Rows) } else { one().then_some(TimeAxis::Columns) },
        missing: one().then_some(0.0),
        header: if one() { Some(true) } else { one().then_some(false) },
        index: if one() { Some(true) } else { one().then_some(false) },
        decimal_comma: one(),
        edges: if one() { Some(Edges::Directed) } else { one().then_some(Edges::Undirected) },
    }
}

/// Reads a file, and what it became with the course's own readers.
fn read(name: &str, bytes: &[u8], choices: &Choices) -> bool {
    let conversion = match convert_bytes(name, bytes, choices) {
        Ok(conversion) => conversion,
        Err(error) => {
            let message = format!("{error:#}");
            assert!(!message.is_empty() && !message.contains(['\0', '\u{202e}', '\r']), "{message:?}");
            return false;
        }
    };
    let mut reads = conversion.load.lines().flat_map(|line| {
        let reader =
            ["read_series", "read_participants", "read_labels"].into_iter().find(|reader| line.contains(reader));
        std::iter::repeat_n(reader, line.matches("{}").count())
    });
    for table in &conversion.tables {
        let text = table.text.as_bytes();
        let outcome = match reads.next().flatten() {
            Some("read_series") => data::parse_series("t", text, 2.0).map(drop),
            Some("read_participants") => data::parse_participants("t", text).map(drop),
            Some(_) => data::parse_labels("t", text).map(drop),
            None => data::parse_matrix("t", text).map(drop),
        };
        assert!(outcome.is_ok(), "what was written is not read: {}\n{}", outcome.unwrap_err(), table.text);
    }
    true
}

#[test]
fn no_damaged_file_makes_a_reader_panic_and_what_is_written_is_read() {
    let number = |name: &str| env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let only = number("NEUROBOOK_FUZZ_SEED");
    let end = number("NEUROBOOK_FUZZ_SECONDS").map(|seconds| Instant::now() + Duration::from_secs(seconds));
    let first = only.unwrap_or_else(|| if end.is_some() { getrandom::u32().unwrap_or_default().into() } else { 0 });
    let sources = sources();
    for (name, bytes) in &sources {
        let chosen = Choices { array: name.ends_with(".mat").then(|| "W".to_owned()), ..Choices::default() };
        let semicolons = Choices { decimal_comma: bytes.contains(&b';'), ..Choices::default() };
        assert!(
            [chosen, semicolons, Choices { array: Some("S".to_owned()), ..Choices::default() }]
                .iter()
                .any(|choices| read(name, bytes, choices)),
            "{name}"
        );
    }
    let (mut tried, mut converted) = (0, 0);
    for seed in first.. {
        let mut random = Pcg64::seed_from_u64(seed);
        let (name, bytes) = &sources[random.random_range(0..sources.len())];
        let bytes = damaged(&mut random, bytes);
        let choices = choices(&mut random);
        let outcome = catch_unwind(AssertUnwindSafe(|| read(name, &bytes, &choices)));
        assert!(outcome.is_ok(), "a damaged {name}: NEUROBOOK_FUZZ_SEED={seed} shows it again");
        converted += u64::from(outcome.unwrap_or_default());
        tried += 1;
        if only.is_some() || end.map_or(tried >= TRIES, |end| Instant::now() > end) {
            break;
        }
    }
    // Damage that is always noticed at the door would try nothing behind it.
    assert!(only.is_some() || converted > tried / 20, "{converted} of {tried}");
    println!("{tried} damaged files read from seed {first} on, {converted} of them converted");
}
