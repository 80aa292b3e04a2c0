"""Files of text: what pandas, NumPy, Excel and fMRIPrep write; networks; The Virtual Brain's connectome."""
import bz2
import csv
import json
import pickle
import shutil
import zipfile
from functools import partial
from pathlib import Path

import networkx
import numpy as np
import pandas as pd
import tvb_data
from arrays import W
from case import Case, matrix, refused, rows, series

NAMES = ["left V1", "right V1", "left M1, hand"]
BOLD = pd.DataFrame(np.round(W[:, :3] * 1e6) / 3, columns=NAMES)
FC = pd.DataFrame(np.corrcoef(W[:, 1:4].T), index=NAMES, columns=NAMES)
PEOPLE = pd.DataFrame({
    "participant_id": ["sub-01", "sub-02", "sub-03"],
    "age": ["71", "89+", None],
    "sex": ["F", None, "M"],
    "group": ["old", "old", "young"],
    "mmse": [29.0, None, 30.0],
    "site": ["Köln", "Lübeck", "Köln"],
})
CONFOUNDS = pd.DataFrame({
    "global_signal": [601.25, 600.5, 598.125, 599.75],
    "dvars": [np.nan, 1.25, 0.75, 1.5],
    "framewise_displacement": [np.nan, 0.05, 0.125, 1e-7],
    "motion_outlier00": [0, 0, 1, 0],
})
CENSORED = BOLD.copy()
CENSORED.iloc[2] = np.nan


def frame(table, path, **options):
    """pandas' `to_csv`."""
    table.to_csv(path, **options)


def text(words, path, encoding="utf-8"):
    """A text as it is."""
    path.write_bytes(words.encode(encoding))


def written(lines, path, **options):
    """Python's `csv`, whose own dialect is Excel's."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, **options).writerows(lines)


def savetxt(array, path, **options):
    """NumPy's `savetxt`."""
    np.savetxt(path, array, **options)


def pandas_cases():
    """`to_csv` in its many ways."""
    yield series("index.csv", partial(frame, BOLD), NAMES, BOLD.values, says=["index no"])
    yield series("no index.csv", partial(frame, BOLD, index=False), NAMES, BOLD.values)
    yield series("semicolons.csv", partial(frame, BOLD, index=False, sep=";"), NAMES, BOLD.values, says=["semicolons"])
    yield series("tabs.csv", partial(frame, BOLD, index=False, sep="\t"), NAMES, BOLD.values, says=["tabs"])
    yield series("quotes.csv", partial(frame, BOLD, index=False, quoting=csv.QUOTE_ALL), NAMES, BOLD.values)
    yield series("mark.csv", partial(frame, BOLD, index=False, encoding="utf-8-sig"), NAMES, BOLD.values, says=["byte-order mark"])
    yield series("wide.csv", partial(frame, BOLD, index=False, encoding="utf-16"), NAMES, BOLD.values, says=["UTF-16"])
    yield series("packed.csv.gz", partial(frame, BOLD, index=False), NAMES, BOLD.values)
    yield series("packed.tsv.bz2", partial(frame, BOLD, index=False, sep="\t"), NAMES, BOLD.values)
    yield series("lines.csv", partial(frame, BOLD, index=False, lineterminator="\r\n"), NAMES, BOLD.values)
    yield series("commas.csv", partial(frame, BOLD, index=False, sep=";", decimal=","), NAMES, BOLD.values, "--decimal-comma")
    yield series("gaps.csv", partial(frame, CENSORED, index=False), NAMES, CENSORED.values, says=["3 values are missing"])
    yield series("gaps named.csv", partial(frame, CENSORED, index=False, na_rep="NaN"), NAMES, CENSORED.values)
    yield series("numbered.csv", partial(frame, pd.DataFrame(W)), [f"region_{n}" for n in range(7)], W)
    yield series("chosen.csv", partial(frame, BOLD, index=False), NAMES[1::-1], BOLD.values[:, 1::-1], "--columns", "right V1,left V1")
    yield series("truth.csv", partial(frame, pd.DataFrame({"a": [True, False]}), index=False), ["a"], [[1], [0]], says=["True is written as 1"])
    yield series("floats.csv", partial(frame, pd.DataFrame({"a": [5e-324, -0.0, 1.7976931348623157e308, 0.1 + 0.2]}), index=False), ["a"], [[5e-324], [-0.0], [1.7976931348623157e308], [0.1 + 0.2]])
    yield matrix("bare.csv", partial(frame, pd.DataFrame(W), index=False, header=False), W)
    yield matrix("matrix.csv", partial(frame, BOLD, index=False), BOLD.values, "--as", "matrix", says=["names of the columns are left out"])
    yield matrix("counted.csv", partial(frame, pd.DataFrame(W), header=False), W, "--index", "yes")
    yield Case("fc.csv", partial(frame, FC), (), {".csv": (None, rows(FC.values)), "_labels.txt": NAMES}, ("matrix of regions", ", symmetric"))
    yield refused("decimal.csv", partial(frame, BOLD, index=False, sep=";", decimal=","), "row 2, column 1 (left V1)", "decimal comma", "--decimal-comma")
    yield refused("counting.csv", partial(frame, pd.DataFrame(W), index=False), "counts 0, 1, 2", "--header yes")
    yield refused("latin.csv", partial(frame, pd.DataFrame({"Köln": [1.0]}), index=False, encoding="latin-1"), "row 1", "0xf6", "CSV UTF-8")
    yield refused("events.tsv", partial(frame, pd.DataFrame({"onset": [0.5], "trial_type": ["go"]}), index=False, sep="\t"), "row 2, column 2 (trial_type)", "--columns")
    yield refused("infinite.csv", partial(frame, pd.DataFrame({"a": [1.0, np.inf]}), index=False), "row 3, column 1", "infinite")
    yield refused("book.xlsx", lambda path: BOLD.to_excel(path), "Excel workbook", "CSV UTF-8")
    yield refused("frame.pkl", lambda path: path.write_bytes(pickle.dumps(W)), "pickle", "np.save")
    yield refused("about.json", lambda path: path.write_text(json.dumps({"RepetitionTime": 2})), "JSON")


def bids_cases():
    """Tables of the Brain Imaging Data Structure, and of fMRIPrep and XCP-D."""
    tsv = {"sep": "\t", "index": False, "na_rep": "n/a"}
    people = PEOPLE.fillna("n/a").astype(str).map(lambda value: value.removesuffix(".0"))
    lines = ["\t".join(PEOPLE.columns), *("\t".join(row) for row in people.values)]
    as_text = partial(text, "\n".join(lines) + "\n")
    yield Case("participants.tsv", as_text, (), {".tsv": lines}, ("3 participants", "mmse, site", "3 missing values"))
    yield Case("participants.csv", partial(frame, people, index=False), (), {".tsv": lines}, ("3 participants",))
    yield series("scores.tsv", as_text, ["mmse"], [[29], [np.nan], [30]], "--columns", "mmse")
    yield series("sub-01_desc-confounds_timeseries.tsv", partial(frame, CONFOUNDS, **tsv), CONFOUNDS.columns, CONFOUNDS.values, says=["2 values are missing"])
    yield series("blank first rows.tsv", partial(frame, CONFOUNDS, sep="\t", index=False), CONFOUNDS.columns, CONFOUNDS.values)
    yield series("first rows filled.tsv", partial(frame, CONFOUNDS, **tsv), CONFOUNDS.columns, CONFOUNDS.fillna(0).values, "--missing", "0")
    yield series("sub-01_atlas-x_timeseries.tsv", partial(frame, CENSORED, **tsv), NAMES, CENSORED.values)
    yield series("uncovered.tsv", partial(frame, BOLD.assign(**{NAMES[1]: np.nan}), **tsv), NAMES, BOLD.assign(**{NAMES[1]: np.nan}).values)
    yield series("sub-01_physio.tsv.gz", partial(frame, CONFOUNDS, sep="\t", index=False, header=False, na_rep="n/a"), [f"region_{n}" for n in range(1, 5)], CONFOUNDS.values, "--as", "series", "--time", "rows")
    yield refused("twice.tsv", partial(text, "participant_id\tage\nsub-01\t3\n\nsub-01\t4\n"), "row 4, column 1", "twice")
    yield refused("ages.tsv", partial(text, "participant_id\tage\nsub-01\told\n"), "row 2, column 2", "old")


def text_cases():
    """NumPy's, Excel's, MATLAB's and R's texts."""
    yield matrix("blanks.txt", partial(savetxt, W), W, says=["blanks"])
    yield matrix("commas.txt", partial(savetxt, W, delimiter=","), W)
    yield matrix("tabs.txt", partial(savetxt, W, delimiter="\t"), W)
    yield matrix("remarks.txt", partial(savetxt, W, header="weights\nin mm"), W, says=["remarks", "# weights"])
    yield matrix("whole.txt", partial(savetxt, W.round(), fmt="%d"), W.round() + 0.0)
    yield matrix("column.txt", partial(savetxt, W[0]), W[0].reshape(-1, 1))
    yield matrix("matlab.txt", partial(savetxt, W, fmt="   %.16e"), W)
    yield matrix("blanks behind.txt", partial(savetxt, W, newline=" \r\n"), W)
    yield series("excel.csv", partial(written, [["a", "b", "", ""], [1, 2.5, "", ""], [3, 4, "", ""]], delimiter=";"), ["a", "b"], [[1, 2.5], [3, 4]])
    yield series("matlab table.csv", partial(text, "Row,Var1,Var2\nx,1,2.5\ny,3,4\n"), ["Var1", "Var2"], [[1, 2.5], [3, 4]], says=["left out"])
    yield series("r.txt", partial(text, '"V1" "V2"\n"1" 1 2.5\n"2" 3 NA\n'), ["V1", "V2"], [[1, 2.5], [3, np.nan]])
    yield series("two lines.csv", partial(written, [["a\nb", 'say "c"'], [1, 2]]), ["a b", 'say "c"'], [[1, 2]])
    yield matrix("labelled.csv", partial(written, [["left", 0.5, 1.5], ["right", 1, 0]]), [[0.5, 1.5], [1, 0]])
    yield refused("german.txt", partial(text, "0,5 1,5\n2,5 3,5\n"), "0,5", "decimal comma")
    yield refused("ragged.csv", partial(text, "1,2\n3,4\n\n5\n"), "row 4, column 2", "1 value")
    yield refused("word.csv", partial(text, "1,2\n3,4x\n"), "row 2, column 2", "4x")
    yield refused("complex.csv", partial(text, "1+2i,2\n3,4\n"), "row 1, column 1", "1+2i")
    yield refused("names only.csv", partial(text, "a,b\n"), "row 2", "no row of numbers")
    yield refused("nothing.csv", partial(text, ""), "empty")
    yield refused("gap.csv", partial(text, "1,2\n3,\n"), "row 2, column 2", "--missing 0")
    yield refused("wide without mark.csv", partial(text, "1,2\n", encoding="utf-16-le"), "UTF-16")


def network(directed):
    """Four nodes, one of them alone."""
    graph = (networkx.DiGraph if directed else networkx.Graph)()
    graph.add_nodes_from(["lV1", "rV1", "lM1", "alone"])
    graph.add_weighted_edges_from([("lV1", "rV1", 0.1), ("rV1", "lM1", 2.5), ("lM1", "lM1", 1 / 3)])
    return graph


def received(directed):
    """Its matrix, whose rows receive."""
    return networkx.to_numpy_array(network(directed)).T


def network_cases():
    """NetworkX' GraphML and lists of edges."""
    labels = ["lV1", "rV1", "lM1", "alone"]
    for directed in (False, True):
        kind = "directed" if directed else "undirected"
        tables = {".csv": (None, rows(received(directed))), "_labels.txt": labels}
        yield Case(f"{kind}.graphml", partial(lambda graph, path: networkx.write_graphml(graph, path), network(directed)), (), tables, (kind,))
        tables = {".csv": (None, rows(received(directed)[:3, :3])), "_labels.txt": labels[:3]}
        yield Case(f"{kind}.txt", partial(lambda graph, path: networkx.write_weighted_edgelist(graph, path), network(directed)), ("--edges", kind), tables)
    yield refused("data.txt", lambda path: networkx.write_edgelist(network(True), path), "write_weighted_edgelist", options=("--edges", "directed"))


def connectome(files, path, folder=""):
    """The Virtual Brain's zip file; a name that ends in .bz2 is packed once more."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in files.items():
            packed = lines.encode()
            archive.writestr(folder + name, bz2.compress(packed) if name.endswith(".bz2") else packed)


def numbers(array):
    """Lines as The Virtual Brain's data have them."""
    return "".join(" ".join(f"{value!r}" for value in row) + "\n" for row in np.asarray(array, float).tolist())


def connectome_cases():
    """The parts of a connectome, all of them or some."""
    count = 4
    weights, lengths = np.abs(W[:count, :count]), np.abs(W[:count, 1:5])
    centers = np.round(W[:count, 2:5] * 1e5) / 64
    labels = ["rA1", "rA2", "lA1", "lA2"]
    with_names = "".join(f"{label} {line}" for label, line in zip(labels, numbers(centers).splitlines(keepends=True)))
    straight = [[float(np.sqrt(((one - other) ** 2).cumsum()[-1])) for other in centers] for one in centers]
    files = {"weights.txt": numbers(weights), "tract_lengths.txt": numbers(lengths), "centres.txt": with_names, "areas.txt": "1\n2\n3\n4\n", "cortical.txt": "1\n1\n1\n1\n"}
    places = {"_labels.txt": labels, "_centers.csv": (None, rows(centers))}
    all_tables = {"_weights.csv": (None, rows(weights)), "_lengths.csv": (None, rows(lengths)), **places}
    yield Case("whole.zip", partial(connectome, files), (), all_tables, ("4 regions", "areas.txt, cortical.txt"))
    yield Case("folder.zip", partial(connectome, files, folder="connectivity_4/"), (), all_tables)
    packed = {f"{name}.bz2": lines for name, lines in files.items()}
    yield Case("packed.zip", partial(connectome, packed), (), all_tables)
    without = {name: lines for name, lines in files.items() if name != "tract_lengths.txt"}
    yield Case("distances.zip", partial(connectome, without), (), {**all_tables, "_lengths.csv": (None, straight)}, ("straight distances",))
    yield Case("weights alone.zip", partial(connectome, {"weights.txt": files["weights.txt"]}), (), {"_weights.csv": (None, rows(weights))}, ("neither tract lengths nor centers",))
    named = {"weights.txt": files["weights.txt"], "centers.txt": numbers(centers), "labels.txt": "\n".join(labels)}
    yield Case("labels.zip", partial(connectome, named), (), {**all_tables, "_lengths.csv": (None, straight)})
    yield refused("other.zip", partial(connectome, {"readme.txt": "hello"}), "readme.txt", "Unpack")
    yield refused("square.zip", partial(connectome, {"weights.txt": numbers(W)}), "5 rows and 7 columns")
    yield refused("word.zip", partial(connectome, {"weights.txt": "1 2\n3 x\n"}), "weights.txt, row 2, column 2")


def real_connectomes():
    """All connectomes of the package tvb-data, as TVB's own reader takes them: the centers' first four columns."""
    for source in sorted((Path(tvb_data.__file__).parent / "connectivity").glob("*.zip")):
        with zipfile.ZipFile(source) as archive:
            texts = {name.rsplit("/")[-1].removesuffix(".bz2").removesuffix(".txt"): unpacked(archive, name) for name in archive.namelist()}
        centers = [line.split() for line in texts["centres"].splitlines()]
        tables = {f"_{ours}.csv": (None, rows(np.loadtxt(texts[theirs].splitlines()))) for ours, theirs in (("weights", "weights"), ("lengths", "tract_lengths"))}
        tables["_labels.txt"] = [line[0] for line in centers]
        tables["_centers.csv"] = (None, rows(line[1:4] for line in centers))
        yield Case(source.name, partial(shutil.copyfile, source), (), tables, (f"{len(centers)} regions", "mm"))


def unpacked(archive, name):
    """The text of a file in an archive."""
    packed = archive.read(name)
    return (bz2.decompress(packed) if name.endswith(".bz2") else packed).decode()


CASES = [*pandas_cases(), *bids_cases(), *text_cases(), *network_cases(), *connectome_cases(), *real_connectomes()]
