module

public import Lean.DocString
public import Lean.Elab.Frontend
public import Export

/-!
# The persistent prover

A program that stays alive and elaborates one module after another, so that the start of Lean is
paid once.  It takes requests from a folder: a file `request` of seven lines

    kind, id, file, shown name, module name, .olean path, export path

where `-` stands for "none".  It prints each diagnostic as one JSON object a line and ends each
request with one `{"deeptheory": "done", ...}` line.  The kinds are

* `prove`: elaborate a file; write its `.olean` files and its export where paths are given;
* `queue`: the same, on one thread: less work in all, for where each core has a driver of its own;
* `index`: elaborate a file, then list every public constant that it imports, for `find`;
* `quit`: end.

Programs compile against the exported part of core only, so a few helpers that core has are
written again here.
-/

open Lean

namespace Driver

/-- Split a list of characters at a separator. -/
def splitAt (separator : Char) : List Char → String → List String
  | [], word => [word]
  | c :: rest, word =>
    if c == separator then word :: splitAt separator rest ""
    else splitAt separator rest (word.push c)

/-- Append components to a name. -/
def extendName : List String → Name → Name
  | [], name => name
  | part :: rest, name => extendName rest (.str name part)

/-- The module name that a dotted text stands for. -/
def moduleName (text : String) : Name :=
  extendName (splitAt '.' text.toList "") .anonymous

/-- A path given in a request; `-` stands for none. -/
def pathOrNone (text : String) : Option System.FilePath :=
  if text == "-" then none else some ⟨text⟩

/-- Print one line and flush. -/
def say (text : String) : IO Unit := do
  let out ← IO.getStdout
  out.putStr text
  out.putStr "\n"
  out.flush

/-- The line that ends a request. -/
def answer (id : String) (ok : Bool) (error : String) (milliseconds : Nat) : IO Unit :=
  say (Json.mkObj [("deeptheory", "done"), ("id", id), ("ok", ok), ("error", error),
    ("ms", milliseconds)]).compress

/-- Text of a name; anonymous and hygienic parts are good enough for a search. -/
def nameText : Name → String
  | .anonymous => ""
  | .str .anonymous s => s
  | .str p s => nameText p ++ "." ++ s
  | .num p _ => nameText p ++ "._"

/-- Is the name one that users write (no `_private`, no `match_1`, no macro scope)? -/
def isPlain : Name → Bool
  | .anonymous => true
  | .str p s => !(s.startsWith "_") && isPlain p
  | .num _ _ => false

/-- The word for a kind of constant. -/
def kindText : ConstantInfo → String
  | .axiomInfo _ => "axiom"
  | .defnInfo _ => "definition"
  | .thmInfo _ => "theorem"
  | .opaqueInfo _ => "definition"
  | .quotInfo _ => "definition"
  | .inductInfo _ => "inductive"
  | .ctorInfo _ => "constructor"
  | .recInfo _ => "recursor"

/-- The options under which a file is elaborated on one thread. -/
def oneThread : Options :=
  ({} : Options).setBool `Elab.async false

/-- The requests `prove` and `queue`, which differ in the options. -/
def prove (options : Options) (id file shown name olean target : String) : IO Unit := do
  let start ← IO.monoMsNow
  try
    let input ← IO.FS.readFile ⟨file⟩
    let env? ← Lean.Elab.runFrontend input options shown (moduleName name)
      (oleanFileName? := pathOrNone olean) (jsonOutput := true)
    match env?, pathOrNone target with
    | some env, some path => Export.exportModule env (moduleName name) path
    | _, _ => pure ()
    let stop ← IO.monoMsNow
    answer id env?.isSome "" (stop - start)
  catch error =>
    let stop ← IO.monoMsNow
    answer id false error.toString (stop - start)

/-- Tabs and line ends become spaces. -/
def oneLine : List Char → String → String
  | [], line => line
  | c :: rest, line =>
    oneLine rest (line.push (if c == '\n' || c == '\t' then ' ' else c))

/-- Write one line of the search index: kind, name, module, statement, documentation. -/
def indexConstant (out : IO.FS.Handle) (env : Environment) (module : String) (name : Name)
    (info : ConstantInfo) : IO Unit := do
  let type ← Lean.PrettyPrinter.ppExprLegacy env {} {} {} info.type
  let doc ← findDocString? env name
  let text := match doc with
    | some doc => doc
    | none => ""
  out.putStr (kindText info)
  out.putStr "\t"
  out.putStr (nameText name)
  out.putStr "\t"
  out.putStr module
  out.putStr "\t"
  out.putStr (oneLine type.pretty.toList "")
  out.putStr "\t"
  out.putStr (oneLine text.toList "")
  out.putStr "\n"

/-- Write the lines of one module. -/
partial def indexModule (out : IO.FS.Handle) (env : Environment) (module : String)
    (data : ModuleData) (i : Nat) : IO Unit := do
  match data.constNames[i]?, data.constants[i]? with
  | some name, some info => do
    if isPlain name then
      try indexConstant out env module name info catch _ => pure ()
    indexModule out env module data (i + 1)
  | _, _ => pure ()

/-- Write the lines of every imported module. -/
partial def indexModules (out : IO.FS.Handle) (env : Environment) (i : Nat) : IO Unit := do
  match env.header.moduleNames[i]?, env.header.moduleData[i]? with
  | some name, some data => do
    indexModule out env (nameText name) data 0
    indexModules out env (i + 1)
  | _, _ => pure ()

/-- The request `index`: list every constant that a file imports. -/
def index (id file shown name target : String) : IO Unit := do
  let start ← IO.monoMsNow
  try
    let input ← IO.FS.readFile ⟨file⟩
    let env? ← Lean.Elab.runFrontend input {} shown (moduleName name) (jsonOutput := true)
    match env? with
    | some env => do
      let out ← IO.FS.Handle.mk ⟨target⟩ .write
      indexModules out env 0
      out.flush
    | none => pure ()
    let stop ← IO.monoMsNow
    answer id env?.isSome "" (stop - start)
  catch error =>
    let stop ← IO.monoMsNow
    answer id false error.toString (stop - start)

/-- Serve one request; `false` ends the program. -/
def serve (lines : List String) : IO Bool := do
  match lines with
  | kind :: id :: file :: shown :: name ::
      olean :: target :: _ => do
    if kind == "prove" then
      prove {} id file shown name olean target
      pure true
    else if kind == "queue" then
      prove oneThread id file shown name olean target
      pure true
    else if kind == "index" then
      index id file shown name target
      pure true
    else
      answer id false "unknown kind of request" 0
      pure true
  | _ => pure false

/-- Wait for requests and serve them. -/
partial def loop (path : System.FilePath) : IO Unit := do
  if ← path.pathExists then
    let text ← IO.FS.readFile path
    IO.FS.removeFile path
    if ← serve (splitAt '\n' text.toList "") then loop path else pure ()
  else
    IO.sleep 10
    loop path

end Driver

/-- `Driver.lean FOLDER`: serve the requests that appear in `FOLDER`. -/
public def main (args : List String) : IO UInt32 := do
  match args with
  | folder :: _ => do
    Driver.say "{\"deeptheory\":\"ready\"}"
    Driver.loop ⟨folder ++ "/request"⟩
    pure 0
  | _ => pure 2
