"""Examples, exit codes and files of every command, for its help."""

from __future__ import annotations

from deeptheory.cli.manual import Page

__all__ = ["PAGES"]

_START = "Start"
_PROVE = "Prove"
_READ = "Read"
_CHECK = "Check"
_EVALUATE = "Evaluate and certify"

_CATALOG = ("build/theorems.json", "the catalog, which is read")
_CHECKS = ("build/checks.json", "the results of the numeric checks")

PAGES: dict[str, Page] = {
    "": Page(
        "",
        (
            ("deeptheory", "say what is done and what to do next"),
            ("deeptheory show gd_convex", "read a theorem with its card and formula"),
            ("deeptheory bound gd_pl --L 2 --mu 1 --Delta 3 --k 10", "evaluate a bound"),
            (
                "deeptheory show gd_convx --json 2>&1 >/dev/null | jq -r .error",
                "what is wrong, for a program",
            ),
            ("deeptheory --install-completion", "let the shell complete commands and names"),
        ),
        done="done; without a command always",
        failed="a proof, a check or an audit rule failed",
        see_also=("doctor", "prove", "verify", "index"),
    ),
    "setup": Page(
        _START,
        (("deeptheory setup", "install what is missing; once it is there this takes no time"),),
        done="everything is installed",
        files=(("DEEPTHEORY_HOME", "the cache, shared by all checkouts, where it is set"),),
        see_also=("doctor", "prove"),
    ),
    "doctor": Page(
        _START,
        (
            ("deeptheory doctor", "say what is installed and what is missing"),
            ("deeptheory doctor --json | jq .ok", "the same for a program"),
        ),
        done="nothing that is needed is missing",
        see_also=("setup",),
    ),
    "bench": Page(
        _START,
        (("deeptheory bench", "measure proving, checks and formulas; takes minutes"),),
        files=(("build/bench.json", "the figures, which are written"),),
        see_also=("prove", "verify"),
    ),
    "api": Page(
        _START,
        (
            ("deeptheory api", "compare what is there with the list of promised names"),
            ("deeptheory api --accept", "promise the names that are new"),
        ),
        done="every promised name is there",
        failed="a promised name has disappeared",
        files=(("api.txt", "the list of promised names"),),
    ),
    "prove": Page(
        _PROVE,
        (
            ("deeptheory prove", "prove every module that has changed"),
            ("deeptheory prove DeepTheory.Reals.Basic", "prove one module and what it imports"),
            ("deeptheory prove -j 1 --json", "use one Lean process; print a JSON object"),
        ),
        done="every module asked for is proved",
        failed="a proof failed or is missing; what Lean says is printed",
        files=(("build/export/", "what the kernel knows of each module, which is written"),),
        see_also=("check", "export", "audit"),
    ),
    "check": Page(
        _PROVE,
        (("deeptheory check lean/DeepTheory/Optimization/Convex.lean", "elaborate one file"),),
        done="Lean accepts every file; `sorry` is a warning",
        failed="a file has errors, which are printed",
        see_also=("stop", "prove", "find"),
    ),
    "stop": Page(
        _PROVE,
        (("deeptheory stop", "end the Lean that `deeptheory check` keeps warm"),),
        done="nothing is running any more",
        see_also=("check",),
    ),
    "find": Page(
        _PROVE,
        (
            ("deeptheory find pow le", "what has both words in its name or statement"),
            ("deeptheory find --no-core 'gd_.*sharp'", "a regular expression, in this library"),
        ),
        done="the search ran, whether or not something was found",
        see_also=("show", "check"),
    ),
    "export": Page(
        _READ,
        (
            ("deeptheory export", "build the catalog from what was proved"),
            ("deeptheory export --kernel gd_convex -o gd.ndjson", "a proof for another kernel"),
            ("deeptheory export --kernel -o library.ndjson", "every theorem with its proof"),
            ("deeptheory export --kernel --inspect gd.ndjson", "recompute what a file claims"),
        ),
        done="the catalog, or the file, is written",
        failed="a card is wrong (each defect is printed with file and line); or the proofs take "
        "from core what is not listed",
        files=(
            ("build/theorems.json", "the catalog, which is written"),
            ("kernel-assumptions.txt", "what is taken from core without proof"),
        ),
        see_also=("prove", "recheck", "audit", "show"),
    ),
    "recheck": Page(
        _CHECK,
        (
            ("deeptheory recheck gd_convex", "a theorem with all that it rests on"),
            ("deeptheory recheck --file gd.ndjson", "what is in a file"),
            ("deeptheory recheck --json | jq .axioms", "the library; what is taken without proof"),
        ),
        done="the kernel accepts every declaration",
        failed="it refuses one, which is named",
        files=(("build/lean/", "the compiled proofs, which are read"),),
        see_also=("export", "prove", "audit"),
    ),
    "show": Page(
        _READ,
        (
            ("deeptheory show gd_convex", "a theorem, by the last part of its name"),
            ("deeptheory show Optimization.gdConvexBound", "a definition with its formula"),
            ("deeptheory show gd_convex --json | jq .card", "the card for a program"),
        ),
        done="it is shown",
        files=(_CATALOG, _CHECKS),
        see_also=("bound", "audit", "find"),
    ),
    "coverage": Page(
        _READ,
        (("deeptheory coverage --summary", "how many rows are delivered, partial and open"),),
        done="the rows are listed, whatever their state",
        failed="a row names what does not exist, or claims what it does not deliver",
        files=(("coverage.toml", "the rows"), _CATALOG, _CHECKS),
        see_also=("audit",),
    ),
    "index": Page(
        _READ,
        (
            ("deeptheory index --open", "write what has changed and open it in the browser"),
            ("deeptheory index --json | jq -r .url", "where the landing page is"),
        ),
        done="the pages are there and up to date",
        files=(("build/site/", "the pages, which are written"), _CATALOG, _CHECKS),
        see_also=("serve", "show"),
    ),
    "serve": Page(
        _READ,
        (("deeptheory serve --port 0 --open", "serve the pages on a free port of this machine"),),
        done="stopped by Ctrl-C",
        see_also=("index",),
    ),
    "dataset": Page(
        _READ,
        (
            ("deeptheory dataset -o theorems.jsonl", "one theorem a line, with its premises"),
            (
                "deeptheory dataset -o theorems.jsonl --corpus corpus.jsonl",
                "also what a retriever chooses from, one source file a line",
            ),
        ),
        done="the files are written, each as a whole",
        failed="the sources are not those that were proved",
        files=(("docs/dataset.md", "what each field means"), _CATALOG),
        see_also=("trace",),
    ),
    "trace": Page(
        _READ,
        (("deeptheory trace -o theorems.jsonl", "the data set with the state at each tactic"),),
        done="the file is written",
        failed="LeanDojo could not trace the library, or the sources are not those proved",
        files=(
            ("docs/dataset.md", "what each field means, and what tracing needs"),
            ("build/trace/", "the repository that LeanDojo traces, which is written"),
        ),
        see_also=("dataset", "doctor"),
    ),
    "verify": Page(
        _CHECK,
        (
            ("deeptheory verify", "run every check whose inputs have changed"),
            ("deeptheory verify gd_convex --instances 500 --seed 1", "one check, more instances"),
            ("deeptheory verify --fresh --json", "run all of them; print JSON"),
        ),
        done="every check asked for passed",
        failed="a check failed, or a headline theorem has none",
        files=(
            _CATALOG,
            ("build/checks.json", "the results, which are written"),
            ("build/failures/", "failing instances, made small"),
        ),
        see_also=("rates", "replay", "audit", "show"),
    ),
    "rates": Page(
        _CHECK,
        (("deeptheory rates gd_convex", "the measured slope against that of the bound"),),
        done="the rates are shown, and every check passed",
        failed="a check failed",
        files=(_CATALOG, _CHECKS),
        see_also=("verify", "show"),
    ),
    "replay": Page(
        _CHECK,
        (("deeptheory replay build/failures/FILE", "evaluate a failing instance anew"),),
        done="the statement holds on the instance now",
        failed="it still fails",
        files=(("build/failures/", "what verify has written"), _CATALOG),
        see_also=("verify",),
    ),
    "audit": Page(
        _CHECK,
        (
            ("deeptheory audit gd_convex", "the table of one theorem"),
            ("deeptheory audit --summary", "one line a theorem"),
            ("deeptheory audit --json | jq .findings", "what is wrong, for a program"),
        ),
        done="no rule is broken",
        failed="a rule is broken; each defect is printed with file and line",
        files=(_CATALOG, _CHECKS),
        see_also=("verify", "export", "show"),
    ),
    "experiment": Page(
        _EVALUATE,
        (("deeptheory experiment breast-cancer", "train classifiers and evaluate all bounds"),),
        files=(("build/experiments.json", "the results, which are written"),),
        see_also=("bound", "index"),
    ),
    "bound": Page(
        _EVALUATE,
        (
            ("deeptheory bound gd_convex --arg L=2 --arg D=1 --arg k=10", "a bound as a number"),
            ("deeptheory bound gd_pl --L 2 --mu 1 --Delta 3 --k 10", "the same, in short"),
            ("deeptheory bound hoeffding -a a=0 -a b=1 -a e=1/10 -a n=50 --digits 40", "40 digits"),
            ("deeptheory bound gd_pl … --lean value.lean --check", "as a theorem for the kernel"),
        ),
        done="the value is printed",
        failed="the kernel does not accept the file (--check)",
        files=(_CATALOG,),
        see_also=("show", "certify risk"),
    ),
    "sweep": Page(
        _EVALUATE,
        (
            (
                "deeptheory sweep hoeffding -g n=10:1e6:log -g e=0.01,0.1 -g a=0 -g b=1",
                "bound, measured value and ratio over a grid",
            ),
            (
                "deeptheory sweep gd_convex -g L=1 -g D=1 -g k=1:100 -o gd.parquet --jobs 4",
                "as a Parquet file, on four processes",
            ),
            (
                "deeptheory sweep test_set -g n=10:1e6:log -g delta=0.05 -o t.parquet "
                "--scheduler tcp://10.0.0.5:8786",
                "on the workers of a Dask cluster",
            ),
        ),
        done="every point holds, or has the bound alone",
        failed="a point violates the bound",
        files=(("FILE.parquet.journal", "finished points, until the file is written"), _CATALOG),
        see_also=("bound", "verify"),
    ),
    "certify": Page(
        _EVALUATE,
        (
            (
                "deeptheory certify risk --n 1000 --empirical-risk 0.03 --kl 20 --delta 0.05",
                "bounds on a risk from four numbers",
            ),
            ("deeptheory certify train --dataset digits -o digits", "a network and its risk"),
        ),
        failed="a certificate or its proof is refused",
        see_also=("certify risk", "certify train", "certify check"),
    ),
    "certify risk": Page(
        _EVALUATE,
        (
            (
                "deeptheory certify risk --n 1000 --empirical-risk 0.03 --kl 20 --delta 0.05",
                "all PAC-Bayes bounds, and the smallest that may be used",
            ),
            (
                "deeptheory certify risk … --lean risk.lean --check",
                "the statement as a theorem, checked at once",
            ),
        ),
        done="the bounds are printed",
        failed="the kernel does not accept the file (--check)",
        see_also=("certify train", "bound"),
    ),
    "approximate": Page(
        _EVALUATE,
        (
            (
                'deeptheory approximate --function "exp(-x)*x^2" --epsilon 0.001 -o net',
                "one variable; net.npz and net.onnx are written",
            ),
            (
                'deeptheory approximate --function "x1*x2" --dim 2 --epsilon 0.05',
                "two variables; nothing is written",
            ),
        ),
        done="the network is built and its error enclosed",
        files=(_CATALOG, ("NAME.npz, NAME.onnx", "the network, which is written with -o")),
        see_also=("bound", "show"),
    ),
    "certify train": Page(
        _EVALUATE,
        (
            ("deeptheory certify train --dataset digits -o digits", "train and certify"),
            (
                "deeptheory certify train --dataset rows.csv --label class -o out --resume",
                "own data; go on with a training that was stopped",
            ),
        ),
        done="the certificate is written",
        files=(("DIR/certificate.json", "the certificate; weights, data and Lean file beside it"),),
        see_also=("certify check",),
    ),
    "certify check": Page(
        _EVALUATE,
        (
            ("deeptheory certify check digits/certificate.json", "compute everything again"),
            (
                "deeptheory certify check digits/certificate.json --no-kernel",
                "without asking the kernel",
            ),
        ),
        done="everything stated is what the weights and the data give",
        failed="something stated is not, or the kernel refuses the proof",
        see_also=("certify train",),
    ),
}
"""The pages by the words of the command after ``deeptheory``."""
