//! Writes the generated files of `data/`: `cargo run -p neurobook --example make_data`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, text) in neurobook::data::generated_files()? {
        let path = folder.join(&name);
        path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        std::fs::write(path, text)?;
        println!("data/{name}");
    }
    Ok(())
}
