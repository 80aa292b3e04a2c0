//! Writes the generated files of `data/`: `cargo run -p neurobook --example make_data`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, text) in neurobook::data::generated_files()? {
        std::fs::write(folder.join(&name), text)?;
        println!("data/{name}");
    }
    Ok(())
}
