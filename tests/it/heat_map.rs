//! Matrices as heat maps: their cells, read back from the picture.

use std::collections::HashMap;

use neurobook::figure::Kind;
use neurobook::prelude::*;

#[test]
fn the_cells_of_a_heat_map_are_read_back() {
    let matrix = Array2::from_shape_fn((3, 4), |(row, column)| (10 * row + column) as f64);
    let figure = Figure::new().heat_map(&matrix);
    let [map] = figure.series() else { panic!("one series") };
    assert_eq!((map.kind, map.y.len(), map.x.len()), (Kind::HeatMap, 3, 4));
    for ((row, column), value) in matrix.indexed_iter() {
        assert_eq!(map.values[row * map.x.len() + column], *value);
    }
}

/// Width, height, palette and cells of the first image.
fn image(svg: &str) -> (usize, usize, Vec<[u8; 3]>, Vec<u8>, Vec<u8>) {
    let text = svg.split("base64,").nth(1).and_then(|rest| rest.split('"').next()).expect("an image");
    let png = crate::interact::from_base64(text);
    let mut chunks: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
    let mut rest = &png[8..];
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[..4].try_into().unwrap()) as usize;
        chunks.insert(rest[4..8].to_vec(), rest[8..8 + length].to_vec());
        rest = &rest[12 + length..];
    }
    let chunk = |name: &[u8]| chunks.get(name).cloned().unwrap_or_default();
    let header = chunk(b"IHDR");
    let side = |at: usize| u32::from_be_bytes(header[at..at + 4].try_into().unwrap()) as usize;
    let palette = chunk(b"PLTE").chunks(3).map(|entry| [entry[0], entry[1], entry[2]]).collect();
    let lines = miniz_oxide::inflate::decompress_to_vec_zlib(&chunk(b"IDAT")).expect("the cells");
    let cells = lines.chunks(side(0) + 1).flat_map(|line| line[1..].to_vec()).collect();
    (side(0), side(4), palette, chunk(b"tRNS"), cells)
}

#[test]
fn a_heat_map_shows_each_cell_in_its_colour_and_no_number_as_a_hatched_gap() {
    let matrix = array![[0.0, 1.0, 2.0], [f64::NAN, f64::INFINITY, f64::NEG_INFINITY]];
    let figure = Figure::new().heat_map(&matrix).color_bar("Weight");
    let svg = figure.svg();
    let (width, height, palette, opacity, cells) = image(&svg);
    assert_eq!((width, height), (3, 2));
    let colour = |cell: usize| palette[usize::from(cells[cell])];
    assert_eq!(colour(0), [0x44, 0x01, 0x54], "the smallest is the dark end of viridis");
    assert_eq!(colour(2), [0xfd, 0xe7, 0x25], "the largest is the light end");
    assert_eq!((colour(4), colour(5)), (colour(2), colour(0)), "the infinite are at the ends");
    assert_eq!(opacity[usize::from(cells[3])], 0, "what is not a number is a gap");
    assert!(cells.iter().enumerate().all(|(k, cell)| k == 3 || opacity[usize::from(*cell)] == 255));
    assert!(svg.contains(">NaN</text>") && svg.contains("stroke-opacity=\".45\""), "hatched, and named beside the bar");
    let whole = Figure::new().heat_map(&array![[0.0, 1.0]]).svg();
    assert!(!whole.contains("NaN"));
}

#[test]
fn odd_matrices_are_whole_pictures() {
    let odd = [
        Array2::zeros((0, 0)),
        Array2::zeros((3, 0)),
        Array2::zeros((1, 1)),
        Array2::from_elem((2, 3), 7.0),
        Array2::from_elem((2, 2), f64::NAN),
        Array2::from_elem((1, 400), f64::INFINITY),
    ];
    for matrix in odd {
        for figure in [plot_matrix(&matrix, "Weight"), Figure::new().heat_map(&matrix).x_range(0.2, 0.6)] {
            let svg = figure.svg();
            assert!(svg.starts_with("<svg") && svg.ends_with("</svg>"));
            assert!(!svg.replace(">NaN</text>", "").contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }
}

#[test]
fn a_matrix_of_eighty_regions_is_a_small_picture() {
    let matrix = Array2::from_shape_fn((80, 80), |(i, j)| ((i * 48_271 + j * 16_807) % 1000) as f64);
    let svg = plot_matrix(&matrix, "Functional connectivity").svg();
    assert!(svg.len() < 20_000, "{} bytes", svg.len());
    assert!(svg.contains("Heat map. 80 rows and 80 columns, Functional connectivity from 0 to 999."));
}
