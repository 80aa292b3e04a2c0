"""Files of arrays: what NumPy, SciPy and h5py write."""
from functools import partial

import h5py
import numpy as np
import scipy.io
import scipy.sparse
from case import matrix, refused, series

RANDOM = np.random.default_rng(18)
W = RANDOM.lognormal(size=(5, 7)) * np.logspace(-9, 9, 7)
EXTREMES = np.array([[5e-324, -0.0, np.finfo(float).max], [np.finfo(float).tiny, 0.1, -1 / 3]])
INTEGERS = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]
GAP = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, 6.5]])


def save(array, path):
    """`np.save`."""
    np.save(path, array)


def save_version(array, version, path):
    """The same with another version of the format."""
    with path.open("wb") as file:
        np.lib.format.write_array(file, array, version=version)


def save_cut(array, path):
    """A file that was not copied to its end."""
    np.save(path, array)
    path.write_bytes(path.read_bytes()[:-3])


def npz(arrays, path):
    """`np.savez`."""
    np.savez(path, **arrays)


def packed_npz(arrays, path):
    """`np.savez_compressed`."""
    np.savez_compressed(path, **arrays)


def mat(variables, path, **options):
    """SciPy's `savemat`."""
    scipy.io.savemat(path, variables, **options)


def hdf5(path, userblock=0):
    """An HDF5 file, as MATLAB's 7.3 is one behind 512 bytes of text."""
    with h5py.File(path, "w", userblock_size=userblock) as file:
        file["W"] = W
    if userblock:
        with path.open("r+b") as file:
            file.write(b"MATLAB 7.3 MAT-file, Platform: GLNXA64".ljust(124) + b"\x00\x02IM")


def whole(dtype):
    """The smallest and the largest whole numbers of a type that an f64 keeps."""
    limits = np.iinfo(dtype)
    low, high = max(limits.min, -(2**53)), min(limits.max, 2**53)
    return np.array([[low, high, 0], [1, high - 1, low + 1]], dtype=dtype)


def numpy_cases():
    """`.npy` in all types, orders of bytes and orders of memory, and what is not a plain array of numbers."""
    yield from (matrix(f"{order}{kind}.npy", partial(save, W.astype(f"{order}{kind}")), W.astype(kind)) for kind in ("f4", "f8") for order in "<>")
    halves = np.array([[1.0, 65504, 6e-8], [-2.5, 0.1, -0.0]])
    yield from (matrix(f"{order}f2.npy", partial(save, halves.astype(f"{order}f2")), halves.astype("f2")) for order in "<>")
    yield from (matrix(f"{order}{kind}.npy", partial(save, whole(kind).astype(f"{order}{kind}")), whole(kind)) for kind in INTEGERS for order in "<>")
    yield matrix("truth.npy", partial(save, W > 1), W > 1, says=["bool"])
    yield matrix("extremes.npy", partial(save, EXTREMES), EXTREMES)
    yield matrix("columns first.npy", partial(save, np.asfortranarray(W)), W, says=["Fortran order"])
    yield matrix("columns first big.npy", partial(save, np.asfortranarray(W.astype(">f4"))), W.astype("f4"))
    yield matrix("every other.npy", partial(save, W[::2, ::-1]), W[::2, ::-1])
    yield matrix("version 2.npy", partial(save_version, W, (2, 0)), W)
    yield matrix("version 3.npy", partial(save_version, W, (3, 0)), W)
    yield matrix("vector.npy", partial(save, W[0]), W[0].reshape(-1, 1), says=["one dimension"])
    yield matrix("single.npy", partial(save, np.float64(0.1)), [[0.1]])
    yield matrix("flat.npy", partial(save, W[None, :, :, None]), W, says=["Dimensions of length 1"])
    yield matrix("filled.npy", partial(save, GAP), np.nan_to_num(GAP), "--missing", "0", says=["no number (1 value) 0 is written"])
    names = [f"region_{number}" for number in range(1, 6)]
    yield series("series.npy", partial(save, W), names, W.T, "--as", "series", says=["7 columns are times"])
    yield series("series rows.npy", partial(save, W.T), names, W.T, "--as", "series", says=["7 rows are times"])
    yield series("series said.npy", partial(save, W.T), [f"region_{number}" for number in range(1, 8)], W, "--as", "series", "--time", "columns")
    yield series("gaps.npy", partial(save, GAP.T), ["region_1", "region_2"], GAP.T, "--as", "series")
    for name, array, *words in [
        ("gap", GAP, "row 1, column 2", "--missing 0"),
        ("infinite", np.array([[1.0, 2.0], [np.inf, 4.0]]), "row 2, column 1", "infinite"),
        ("cube", np.zeros((2, 3, 4)), "3 dimensions (2 × 3 × 4)", "x[0]"),
        ("empty", np.zeros((0, 4)), "empty", "0 × 4"),
        ("complex", W + 1j, "complex", "np.abs(x)"),
        ("complex small", (W + 1j).astype("c8"), "complex"),
        ("words", np.array([["left", "right"]]), "words"),
        ("bytes", np.array([[b"left"]]), "words"),
        ("fields", np.array([(1.0, 2)], dtype=[("x", "f8"), ("n", "i4")]), "x['name']"),
        ("dates", np.array(["2026-01-01"], dtype="M8[D]"), "dates"),
        ("large", np.array([[1, 2], [3, 2**53 + 1]]), "row 2, column 2", "9007199254740993"),
    ]:
        yield refused(f"{name}.npy", partial(save, array), *words)
    yield refused("objects.npy", lambda path: np.save(path, np.array([{}, None], dtype=object), allow_pickle=True), "pickle", "astype(float)")
    yield refused("long.npy", partial(save, W.astype(np.longdouble)), "astype(np.float64)")
    yield refused("cut.npy", partial(save_cut, W), "cut off")
    yield refused("square.npy", partial(save, W[:, :5]), "--time rows", options=("--as", "series"))


def archive_cases():
    """`.npz` of one array and of several."""
    both = {"W": W, "D": W.T.astype("f4")}
    yield matrix("one.npz", partial(npz, {"W": W}), W)
    yield matrix("packed.npz", partial(packed_npz, {"W": W.astype(">f4")}), W.astype("f4"))
    yield matrix("named.npz", partial(npz, both), both["D"], "--array", "D", says=["Left out: W"])
    yield matrix("labels.npz", partial(packed_npz, {"labels": np.array(["a", "b"]), "W": W}), W, says=["Left out: labels"])
    yield refused("several.npz", partial(npz, both), "2 arrays", "W (5 × 7 float64)", "D (7 × 5 float32)", "--array W")
    yield refused("wrong.npz", partial(npz, both), "no array \"w\"", "only W", options=("--array", "w"))


def matlab_cases():
    """`.mat` of versions 4, 5 and 7.3."""
    for version in "45":
        save_mat = partial(mat, format=version)
        yield matrix(f"doubles {version}.mat", partial(save_mat, {"W": W}), W, says=["variable W"])
        yield matrix(f"singles {version}.mat", partial(save_mat, {"W": W.astype("f4")}), W.astype("f4"))
        for kind in ("i2", "i4", "u1", "u2"):
            yield matrix(f"{kind} {version}.mat", partial(save_mat, {"W": whole(kind)}), whole(kind))
        sparse = scipy.sparse.csc_array(np.where(W > 1, W, 0.0))
        yield matrix(f"sparse {version}.mat", partial(save_mat, {"W": sparse}), sparse.toarray(), says=["sparse"])
        yield matrix(f"vector {version}.mat", partial(save_mat, {"W": W[0]}), [W[0]])
        yield matrix(f"named {version}.mat", partial(save_mat, {"W": W, "D": W.T}), W.T, "--array", "D")
        yield refused(f"several {version}.mat", partial(save_mat, {"W": W, "D": W}), "2 arrays", "--array")
        yield refused(f"complex {version}.mat", partial(save_mat, {"W": W + 1j}), "complex", "abs(W)")
        yield refused(f"text {version}.mat", partial(save_mat, {"W": "words"}), "text")
    for kind in ("i1", "i8", "u4", "u8"):
        yield matrix(f"{kind}.mat", partial(mat, {"W": whole(kind)}), whole(kind))
    yield matrix("packed.mat", partial(mat, {"W": W, "note": "made by hand"}, do_compression=True), W, says=["Left out: note"])
    yield matrix("packed sparse.mat", partial(mat, {"W": scipy.sparse.csc_array(np.eye(4))}, do_compression=True), np.eye(4))
    yield matrix("truth.mat", partial(mat, {"W": W > 1}), W > 1, says=["logical"])
    yield matrix("extremes.mat", partial(mat, {"W": EXTREMES}, do_compression=True), EXTREMES)
    yield matrix("long name.mat", partial(mat, {"structural_connectivity_of_one_person": W}, long_field_names=True), W)
    yield refused("struct.mat", partial(mat, {"S": {"W": W}}), "struct", "S.field")
    yield refused("cell.mat", partial(mat, {"C": np.array([W, "a"], dtype=object)}), "cell", "C{1}")
    yield refused("cube.mat", partial(mat, {"W": np.zeros((2, 3, 4))}), "3 dimensions", "x(:, :, 1)")
    yield refused("newest.mat", partial(hdf5, userblock=512), "7.3", "-v7")
    yield refused("array.h5", hdf5, "HDF5", "h5py")


CASES = [*numpy_cases(), *archive_cases(), *matlab_cases()]
