//! Notebooks as other editors save them.

use serde_json::{Value, json};

use super::{Heap, cells, solution};

/// VS Code writes the cells' languages, keeps ids and metadata, and may write Python's name into a Rust notebook.
fn saved_by_vscode(language: &str) -> Value {
    let mut notebook = solution();
    for cell in cells(&mut notebook) {
        if cell["cell_type"] == "code" {
            cell["metadata"]["vscode"] = json!({"languageId": "rust"});
        }
    }
    notebook["metadata"]["language_info"] = json!({"name": language, "file_extension": ".rs", "version": ""});
    notebook["metadata"]["orig_nbformat"] = json!(4);
    notebook
}

/// Colab moves ids into the metadata, adds its own, and knows no kernel for Rust.
fn saved_by_colab(keeps_metadata: bool) -> Value {
    let mut notebook = solution();
    for (number, cell) in cells(&mut notebook).iter_mut().enumerate() {
        let mut id = cell.as_object_mut().unwrap().remove("id").unwrap();
        if !keeps_metadata {
            cell["metadata"] = json!({});
            id = json!(format!("aBcD{number:08}"));
        }
        cell["metadata"]["id"] = id;
        cell["metadata"]["colab"] = json!({"base_uri": "https://localhost:8080/"});
        cell["metadata"]["outputId"] = json!("0c4b1b3c-7a3b-4c88-ee69-c3b1b1e1a0f1");
        if cell["cell_type"] == "code" {
            cell["outputs"] = json!([{"output_type": "stream", "name": "stdout", "text": ["1\n"]}]);
            cell["execution_count"] = json!(number);
        }
    }
    let mut metadata = json!({"colab": {"provenance": [], "toc_visible": true}, "kernelspec": {"name": "python3", "display_name": "Python 3"}, "language_info": {"name": "python"}});
    if keeps_metadata {
        metadata["neurobook"] = notebook["metadata"]["neurobook"].clone();
    }
    notebook["metadata"] = metadata;
    notebook["nbformat_minor"] = json!(0);
    notebook
}

#[test]
fn notebooks_of_other_editors_are_as_good() {
    let mut heap = Heap::new();
    heap.full("VS Code", |notebook| *notebook = saved_by_vscode("rust"));
    heap.full("VS Code without a kernel", |notebook| *notebook = saved_by_vscode("python"));
    heap.full("Colab", |notebook| *notebook = saved_by_colab(true));
    let colab = saved_by_colab(false).to_string();
    heap.file("a copy by Colab", "Copy of 02_single_node_dynamics.ipynb", &[], colab.as_bytes());
    heap.file("a second download", "02_single_node_dynamics (1).ipynb", &[], colab.as_bytes());
    heap.file("homework", "my homework.ipynb", &[], colab.as_bytes());
    heap.check();
}
