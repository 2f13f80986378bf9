module

public import Lean.DocString
public import Lean.Elab.Frontend

/-! # The exporter

Writes what the kernel knows about one module as JSON: every constant with its kind, docstring,
binders, statement, and the constants that it uses. Python reads these files, recognises the
formulas, and closes the dependencies over all modules (see `python/deeptheory/catalog`).

Expressions are stored in one table a module, `exprs`; a node refers to earlier nodes by index:

* `["f", name]` a variable bound by the telescope of a declaration, `["b", i]` a bound variable,
* `["c", name]` a constant, `["a", fn, arg]` an application,
* `["l", name, type, body]` a lambda, `["p", name, type, body]` a product,
* `["e", name, type, value, body]` a let, `["j", structure, index, term]` a projection,
* `["n", digits]` and `["s", text]` literals, `["u"]` a sort.

Main definitions: `Export.exportModule`, for the environment in which a module was just
elaborated, and `main`, which imports built modules and exports each:
`lean --run lean/Export.lean OUTDIR MODULE...`.

The program keeps to functions that also compile where core is known by its exported part only
(the embedded toolchain), hence the few small helpers of its own.
-/

open Lean

namespace Export

/-! ## Names -/

/-- A name as text, without escaping. -/
def nameText : Name → String
  | .anonymous => ""
  | .str .anonymous s => s
  | .str p s => nameText p ++ "." ++ s
  | .num .anonymous n => toString n
  | .num p n => nameText p ++ "." ++ toString n

/-- The last component of a name. -/
def lastPart : Name → String
  | .anonymous => ""
  | .str _ s => s
  | .num _ n => toString n

/-- The first component of a name. -/
def rootOf : Name → Name
  | .anonymous => .anonymous
  | .str .anonymous s => .str .anonymous s
  | .str p _ => rootOf p
  | .num .anonymous n => .num .anonymous n
  | .num p _ => rootOf p

/-- The first two components of a name, where it has two. -/
def familyOf : Name → Option Name
  | .str (.str .anonymous a) b => some (.str (.str .anonymous a) b)
  | .str p _ => familyOf p
  | .num p _ => familyOf p
  | .anonymous => none

/-- The axioms of core; any other constant of core that looks like one is a theorem whose proof
the toolchain does not ship. -/
def coreAxioms : List Name :=
  [`propext, `Classical.choice, `Quot.sound, `sorryAx, `Lean.ofReduceBool, `Lean.ofReduceNat,
    `Lean.trustCompiler]

/-! ## The table of expressions -/

/-- A search tree from hashes to the expressions with that hash and their index. -/
inductive Index where
  /-- No entry. -/
  | leaf
  /-- The entries of one hash, and the trees of smaller and larger hashes. -/
  | node (hash : UInt64) (entries : List (Expr × Nat)) (left right : Index)

/-- The index of an expression in a list of entries; binder names count. -/
def findEntry (e : Expr) : List (Expr × Nat) → Option Nat
  | [] => none
  | (other, i) :: rest => if other.equal e then some i else findEntry e rest

/-- The index of an expression, if it is there. -/
def Index.find (e : Expr) (h : UInt64) : Index → Option Nat
  | .leaf => none
  | .node k entries l r =>
    if h == k then findEntry e entries else if h < k then l.find e h else r.find e h

/-- Add an expression with its index. -/
def Index.insert (e : Expr) (h : UInt64) (i : Nat) : Index → Index
  | .leaf => .node h [(e, i)] .leaf .leaf
  | .node k entries l r =>
    if h == k then .node k ((e, i) :: entries) l r
    else if h < k then .node k entries (l.insert e h i) r
    else .node k entries l (r.insert e h i)

/-- The expressions stored so far. -/
structure Table where
  /-- The stored nodes. -/
  nodes : Array Json := #[]
  /-- Where each expression lies. -/
  index : Index := .leaf

/-- Add a node for an expression. -/
def Table.push (t : Table) (e : Expr) (fields : List Json) : Nat × Table :=
  (t.nodes.size,
    { nodes := t.nodes.push (Json.arr fields.toArray)
      index := t.index.insert e e.hash t.nodes.size })

/-- A JSON number. -/
def num (n : Nat) : Json := (n : Json)

/-- A JSON string from a name. -/
def str (n : Name) : Json := Json.str (nameText n)

/-- Store an expression; a variable's own name is the last part of its identifier. -/
partial def Table.store (e : Expr) (t : Table) : Nat × Table :=
  match e with
  | .mdata _ e => t.store e
  | _ =>
    match t.index.find e e.hash with
    | some i => (i, t)
    | none =>
      match e with
      | .bvar i => t.push e [Json.str "b", num i]
      | .fvar id => t.push e [Json.str "f", Json.str (lastPart id.name)]
      | .mvar _ => t.push e [Json.str "?"]
      | .sort _ => t.push e [Json.str "u"]
      | .const n _ => t.push e [Json.str "c", str n]
      | .app f x =>
        let (f, t) := t.store f
        let (x, t) := t.store x
        t.push e [Json.str "a", num f, num x]
      | .lam n ty b _ =>
        let (ty, t) := t.store ty
        let (b, t) := t.store b
        t.push e [Json.str "l", str n.eraseMacroScopes, num ty, num b]
      | .forallE n ty b _ =>
        let (ty, t) := t.store ty
        let (b, t) := t.store b
        t.push e [Json.str "p", str n.eraseMacroScopes, num ty, num b]
      | .letE n ty v b _ =>
        let (ty, t) := t.store ty
        let (v, t) := t.store v
        let (b, t) := t.store b
        t.push e [Json.str "e", str n.eraseMacroScopes, num ty, num v, num b]
      | .lit (.natVal n) => t.push e [Json.str "n", Json.str (toString n)]
      | .lit (.strVal s) => t.push e [Json.str "s", Json.str s]
      | .proj s i x =>
        let (x, t) := t.store x
        t.push e [Json.str "j", str s, num i, num x]
      | .mdata _ e => t.store e

/-! ## Pretty-printing -/

/-- What printing and type inference need. -/
structure Scope where
  /-- The environment. -/
  env : Environment
  /-- The namespace of the declaration. -/
  current : Name
  /-- Namespaces whose names are printed short. -/
  opened : List OpenDecl
  /-- The variables in scope. -/
  lctx : LocalContext := .empty

/-- The context in which the elaborator's functions run. -/
def Scope.context (s : Scope) : Core.Context :=
  { fileName := "<export>", fileMap := default, currNamespace := s.current,
    openDecls := s.opened, maxHeartbeats := 0, maxRecDepth := 4000 }

/-- An expression as text; as a plain term where the printer fails. -/
def Scope.text (s : Scope) (e : Expr) : IO String := do
  try
    let (f, _) ← ((PrettyPrinter.ppExpr e).run' { lctx := s.lctx }).toIO s.context { env := s.env }
    return f.pretty 100
  catch _ => return toString e

/-- Whether an expression is a proposition. -/
def Scope.isProp (s : Scope) (e : Expr) : IO Bool := do
  try
    let (b, _) ← ((Meta.isProp e).run' { lctx := s.lctx }).toIO s.context { env := s.env }
    return b
  catch _ => return false

/-! ## Telescopes -/

/-- A variable of a telescope. -/
structure Binder where
  /-- The name as shown, unique in its telescope. -/
  name : String
  /-- The variable. -/
  fvar : Expr
  /-- The type. -/
  type : Expr
  /-- How the argument is given. -/
  info : BinderInfo
  /-- Whether the type is a proposition. -/
  isProp : Bool

/-- Whether a name is taken. -/
def taken (name : String) : List Binder → Bool
  | [] => false
  | b :: rest => b.name == name || taken name rest

/-- A name that is not taken: the given one, or with a number after it. -/
partial def freshName (name : String) (bs : List Binder) (i : Nat := 0) : String :=
  let candidate := if i == 0 then name else name ++ "_" ++ toString i
  if taken candidate bs then freshName name bs (i + 1) else candidate

/-- Bring a variable into scope; `bs` lists the binders so far, last first. -/
def intro (s : Scope) (bs : List Binder) (n : Name) (type : Expr) (info : BinderInfo) :
    IO (Scope × List Binder) := do
  let isProp ← s.isProp type
  let name := freshName (nameText n.eraseMacroScopes) bs
  let id : FVarId := ⟨.str `_export name⟩
  let lctx := s.lctx.mkLocalDecl id (.mkSimple name) type info
  return ({ s with lctx }, { name, fvar := .fvar id, type, info, isProp } :: bs)

/-- Open the products at the head of a type. -/
partial def openProducts (s : Scope) (bs : List Binder) (type : Expr) :
    IO (Scope × List Binder × Expr) := do
  match type with
  | .mdata _ e => openProducts s bs e
  | .forallE n ty body info =>
    let (s, bs) ← intro s bs n ty info
    match bs with
    | b :: _ => openProducts s bs (body.instantiate1 b.fvar)
    | [] => return (s, bs, type)
  | _ => return (s, bs, type)

/-- The body of a value, its lambdas opened with the binders of the type (first binder first). -/
partial def bodyOf (value : Expr) : List Binder → Expr
  | [] => value
  | b :: rest =>
    match value with
    | .lam _ _ body _ => bodyOf (body.instantiate1 b.fvar) rest
    | .mdata _ e => bodyOf e (b :: rest)
    | e => bodyOf (.app e b.fvar) rest

/-- For each leading lambda, whether the rest of the proof mentions its variable. -/
partial def usedFlags : Expr → List Bool
  | .mdata _ e => usedFlags e
  | .lam _ _ body _ => body.hasLooseBVar 0 :: usedFlags body
  | _ => []

/-- The constant at the head of a proof, below its lambdas. -/
partial def proofHead : Expr → Option Name
  | .mdata _ e => proofHead e
  | .lam _ _ body _ => proofHead body
  | .letE _ _ _ body _ => proofHead body
  | .app f _ => proofHead f
  | .const n _ => some n
  | _ => none

/-! ## Calls of our own definitions -/

/-- What a traversal of a statement gathers. -/
structure Calls where
  /-- The table of expressions. -/
  table : Table
  /-- The calls found, last first. -/
  found : List Json := []

/-- The arguments of an application before those given, first one first. -/
def argsOf : Expr → List Expr → Expr × List Expr
  | .app f x, rest => argsOf f (x :: rest)
  | .mdata _ e, rest => argsOf e rest
  | e, rest => (e, rest)

mutual

/-- Gather the applications of constants that satisfy `ours`, with each argument as text and as
expression; binders are opened on the way. -/
partial def calls (s : Scope) (bs : List Binder) (ours : Name → Bool) (e : Expr) (acc : Calls) :
    IO Calls := do
  match e with
  | .mdata _ e => calls s bs ours e acc
  | .lam n ty body info | .forallE n ty body info =>
    let acc ← calls s bs ours ty acc
    let (s, bs) ← intro s bs n ty info
    match bs with
    | b :: _ => calls s bs ours (body.instantiate1 b.fvar) acc
    | [] => return acc
  | .letE _ ty v body _ =>
    let acc ← calls s bs ours ty acc
    let acc ← calls s bs ours v acc
    calls s bs ours (body.instantiate1 v) acc
  | .proj _ _ e => calls s bs ours e acc
  | .app .. | .const .. =>
    let (head, args) := argsOf e []
    match head with
    | .const n _ =>
      if ours n then
        let (args', table) ← callArgs s args acc.table
        let call := Json.mkObj [("fn", str n), ("args", Json.arr args'.toArray)]
        callsIn s bs ours args { table, found := call :: acc.found }
      else callsIn s bs ours args acc
    | _ => callsIn s bs ours args (← calls s bs ours head acc)
  | _ => return acc

/-- The calls in a list of expressions. -/
partial def callsIn (s : Scope) (bs : List Binder) (ours : Name → Bool) (es : List Expr)
    (acc : Calls) : IO Calls := do
  match es with
  | [] => return acc
  | e :: rest => callsIn s bs ours rest (← calls s bs ours e acc)

/-- The arguments of a call. -/
partial def callArgs (s : Scope) (es : List Expr) (t : Table) :
    IO (List Json × Table) := do
  match es with
  | [] => return ([], t)
  | e :: rest =>
    let text ← s.text e
    let (i, t) := t.store e
    let (others, t) ← callArgs s rest t
    return (Json.mkObj [("text", Json.str text), ("expr", num i)] :: others, t)

end

/-! ## Constants -/

/-- The kind of a constant. -/
def kindOf : ConstantInfo → String
  | .axiomInfo _ => "axiom"
  | .defnInfo _ => "definition"
  | .thmInfo _ => "theorem"
  | .opaqueInfo _ => "opaque"
  | .quotInfo _ => "quotient"
  | .inductInfo _ => "inductive"
  | .ctorInfo _ => "constructor"
  | .recInfo _ => "recursor"

/-- The value or proof of a constant. -/
def valueOf : ConstantInfo → Option Expr
  | .defnInfo v => some v.value
  | .thmInfo v => some v.value
  | .opaqueInfo v => some v.value
  | _ => none

/-- How binders are given, as text. -/
def infoText : BinderInfo → String
  | .default => "explicit"
  | .implicit => "implicit"
  | .strictImplicit => "implicit"
  | .instImplicit => "instance"

/-- What the exporter needs to know of the module. -/
structure Target where
  /-- The environment. -/
  env : Environment
  /-- The module. -/
  module : Name
  /-- Namespaces whose names are printed short. -/
  opened : List OpenDecl

/-- Whether a constant belongs to this library: to a module with the same first component. -/
def Target.isOurs (t : Target) (n : Name) : Bool :=
  match t.env.getModuleIdxFor? n with
  | none => true
  | some i =>
    match t.env.header.moduleNames[i.toNat]? with
    | some m => rootOf m == rootOf t.module
    | none => true

/-- The constants of a list that belong to this library, as JSON, after those gathered. -/
def Target.own (t : Target) (acc : Array Json) : List Name → Array Json
  | [] => acc
  | n :: rest => if t.isOurs n then t.own (acc.push (str n)) rest else t.own acc rest

/-! ## Axioms

The axioms of core are found by walking its constants: definitions have values, and so have
theorems where the toolchain ships proofs. A set of axioms is a list of bits, one an axiom of
`coreAxioms`, and one more for "a theorem of core without proof was met". -/

/-- What is known of the constants of core: a search tree by hash. -/
inductive Walked where
  /-- No entry. -/
  | leaf
  /-- The entries of one hash, and the trees of smaller and larger hashes. -/
  | node (hash : UInt64) (entries : List (Name × Nat)) (left right : Walked)

/-- The entry of a name in a list. -/
def findName (n : Name) : List (Name × Nat) → Option Nat
  | [] => none
  | (other, bits) :: rest => if other == n then some bits else findName n rest

/-- The entry of a name. -/
def Walked.find (n : Name) : Walked → Option Nat
  | .leaf => none
  | .node k entries l r =>
    if n.hash == k then findName n entries else if n.hash < k then l.find n else r.find n

/-- Add an entry. -/
def Walked.insert (n : Name) (bits : Nat) : Walked → Walked
  | .leaf => .node n.hash [(n, bits)] .leaf .leaf
  | .node k entries l r =>
    if n.hash == k then .node k ((n, bits) :: entries) l r
    else if n.hash < k then .node k entries (l.insert n bits) r
    else .node k entries l (r.insert n bits)

/-- The bit of an axiom of core; the last bit for any other. -/
def axiomBit (n : Name) : List Name → Nat → Nat
  | [], bit => bit
  | a :: rest, bit => if a == n then bit else axiomBit n rest (2 * bit)

mutual

/-- The axioms below a constant of core. -/
partial def Target.walk (t : Target) (n : Name) (w : Walked) : Nat × Walked :=
  match w.find n with
  | some bits => (bits, w)
  | none =>
    match t.env.find? n with
    | some (.axiomInfo _) =>
      let bits := axiomBit n coreAxioms 1
      (bits, w.insert n bits)
    | some info =>
      let below := match valueOf info with
        | some v => v.getUsedConstants.toList
        | none => []
      let (bits, w) := t.walkAll info.type.getUsedConstants.toList 0 (w.insert n 0)
      let (bits, w) := t.walkAll below bits w
      (bits, w.insert n bits)
    | none => (0, w)

/-- The axioms below constants of core; those of this library are left out. -/
partial def Target.walkAll (t : Target) (ns : List Name) (bits : Nat) (w : Walked) :
    Nat × Walked :=
  match ns with
  | [] => (bits, w)
  | n :: rest =>
    if t.isOurs n then t.walkAll rest bits w
    else
      let (more, w) := t.walk n w
      t.walkAll rest (bits ||| more) w

end

/-- The axioms that a set holds, as JSON. -/
def axiomsJson (bits : Nat) (acc : Array Json) : List Name → Array Json
  | [] => acc
  | a :: rest => axiomsJson (bits / 2) (if bits % 2 == 1 then acc.push (str a) else acc) rest

/-- The bit for theorems of core without proof. -/
def unprovedBit : Nat := axiomBit .anonymous coreAxioms 1

/-- The binders of a telescope as JSON, first one first. -/
partial def bindersJson (s : Scope) (bs : List Binder) (t : Table)
    (used : List Bool) : IO (List Json × Table) := do
  match bs with
  | [] => return ([], t)
  | b :: rest =>
    let text ← s.text b.type
    let (i, t) := t.store b.type
    let (flag, more) := match used with
      | [] => (Json.null, [])
      | u :: more => (Json.bool u, more)
    let (others, t) ← bindersJson s rest t more
    return (Json.mkObj [("name", Json.str b.name), ("info", Json.str (infoText b.info)),
      ("text", Json.str text), ("expr", num i), ("prop", Json.bool b.isProp), ("used", flag)]
      :: others, t)

/-- A list in the other order. -/
def backwards {α : Type} (acc : List α) : List α → List α
  | [] => acc
  | x :: rest => backwards (x :: acc) rest

/-- One constant as JSON. -/
def Target.constant (t : Target) (name : Name) (info : ConstantInfo) (table : Table)
    (walked : Walked) : IO (Json × Table × Walked) := do
  let value := valueOf info
  let typeUses := info.type.getUsedConstants.toList
  let valueUses := match value with
    | some v => v.getUsedConstants.toList
    | none => []
  let (bits, walked) := t.walkAll typeUses 0 walked
  let (bits, walked) := t.walkAll valueUses bits walked
  let hidden := isPrivateName name || name.isInternalDetail
  let object (more : List (String × Json)) : Json := Json.mkObj <|
    ("name", str name) :: ("kind", Json.str (kindOf info)) ::
    ("private", Json.bool (isPrivateName name)) ::
    ("internal", Json.bool name.isInternalDetail) ::
    ("type_uses", Json.arr (t.own #[] typeUses)) ::
    ("value_uses", Json.arr (t.own #[] valueUses)) ::
    ("core_axioms", Json.arr (axiomsJson bits #[] coreAxioms)) ::
    ("unproved_core", Json.bool (bits / unprovedBit == 1)) :: more
  if hidden then return (object [], table, walked)
  let doc := match ← findDocString? t.env name with
    | some d => Json.str d
    | none => Json.null
  let s : Scope := { env := t.env, current := name.getPrefix, opened := t.opened }
  let typeText ← s.text info.type
  let (s, reversed, conclusion) ← openProducts s [] info.type
  let bs := backwards [] reversed
  let isTheorem := match info with
    | .thmInfo _ => true
    | _ => false
  let used := match value with
    | some v => if isTheorem then usedFlags v else []
    | none => []
  let (binders, table) ← bindersJson s bs table used
  let (goal, table) := table.store conclusion
  let goalText ← s.text conclusion
  let start : Calls := { table }
  let listed (n : Name) : Bool := t.isOurs n && !t.env.isProjectionFn n
  let found ← if isTheorem then calls s reversed listed conclusion start else pure start
  let table := found.table
  let (body, table) := match info with
    | .defnInfo v =>
      let (i, table) := table.store (bodyOf v.value bs)
      (num i, table)
    | _ => (Json.null, table)
  let head := match value with
    | some v => if isTheorem then
        match proofHead v with
        | some n => str n
        | none => Json.null
      else Json.null
    | none => Json.null
  return (object [("doc", doc), ("type", Json.str typeText),
    ("binders", Json.arr binders.toArray), ("conclusion", Json.str goalText),
    ("conclusion_expr", goal), ("calls", Json.arr (backwards [] found.found).toArray),
    ("body", body), ("proof_head", head)], table, walked)

/-! ## Modules -/

/-- A node of the environment's map. -/
abbrev Node := PersistentHashMap.Node Name ConstantInfo

/-- An entry of a node. -/
abbrev Entry := PersistentHashMap.Entry Name ConstantInfo Node

mutual

/-- The constants below a node of the environment's map. -/
partial def nodeConstants (node : Node) (acc : List (Name × ConstantInfo)) :
    List (Name × ConstantInfo) :=
  match node with
  | .entries es => entryConstants es 0 acc
  | .collision ks vs _ => pairConstants ks vs 0 acc

/-- The constants below the entries from an index on. -/
partial def entryConstants (es : Array Entry) (i : Nat) (acc : List (Name × ConstantInfo)) :
    List (Name × ConstantInfo) :=
  match es[i]? with
  | none => acc
  | some (.entry k v) => entryConstants es (i + 1) ((k, v) :: acc)
  | some (.ref node) => entryConstants es (i + 1) (nodeConstants node acc)
  | some .null => entryConstants es (i + 1) acc

/-- The constants of a collision node from an index on. -/
partial def pairConstants (ks : Array Name) (vs : Array ConstantInfo) (i : Nat)
    (acc : List (Name × ConstantInfo)) : List (Name × ConstantInfo) :=
  match ks[i]?, vs[i]? with
  | some k, some v => pairConstants ks vs (i + 1) ((k, v) :: acc)
  | _, _ => acc

end

/-- The index of a module among the imported ones. -/
partial def moduleIndex (env : Environment) (module : Name) (i : Nat := 0) : Option Nat :=
  match env.header.moduleNames[i]? with
  | none => none
  | some m => if m == module then some i else moduleIndex env module (i + 1)

/-- The constants with the given names. -/
def lookUp (env : Environment) : List Name → List (Name × ConstantInfo)
  | [] => []
  | n :: rest =>
    match env.find? n with
    | some info => (n, info) :: lookUp env rest
    | none => lookUp env rest

/-- The constants of a module: the imported one of that name, or else the one whose environment
this is. -/
def moduleConstants (env : Environment) (module : Name) : List (Name × ConstantInfo) :=
  match moduleIndex env module with
  | some i =>
    match env.header.moduleData[i]? with
    | some data => lookUp env data.constNames.toList
    | none => []
  | none => nodeConstants env.constants.map₂.root []

/-- The families of a library, as namespaces to open. -/
partial def familyNamespaces (env : Environment) (module : Name) (i : Nat := 0)
    (acc : List OpenDecl := []) : List OpenDecl :=
  match env.header.moduleNames[i]? with
  | none => .simple (rootOf module) [] :: acc
  | some m =>
    let acc := if rootOf m == rootOf module then
        match familyOf m with
        | some f => .simple f [] :: acc
        | none => acc
      else acc
    familyNamespaces env module (i + 1) acc

/-- All constants as JSON. -/
partial def constantsJson (t : Target) (cs : List (Name × ConstantInfo)) (acc : Array Json)
    (table : Table) (walked : Walked) : IO (Array Json × Table) := do
  match cs with
  | [] => return (acc, table)
  | (n, info) :: rest =>
    let (j, table, walked) ← t.constant n info table walked
    constantsJson t rest (acc.push j) table walked

/-- The names in a list of imports from an index on, as JSON. -/
partial def importsJson (imports : Array Import) (i : Nat := 0) (acc : Array Json := #[]) :
    Array Json :=
  match imports[i]? with
  | none => acc
  | some m => importsJson imports (i + 1) (acc.push (str m.module))

/-- What a module imports directly. -/
def moduleImports (env : Environment) (module : Name) : Array Import :=
  match moduleIndex env module with
  | some i =>
    match env.header.moduleData[i]? with
    | some data => data.imports
    | none => #[]
  | none => env.header.imports

/-- Write the export of one module of an environment: of the module that was just elaborated in
it, or of an imported one. -/
public def exportModule (env : Environment) (module : Name) (path : System.FilePath) :
    IO Unit := do
  let env := env.setExporting false
  let t : Target := { env, module, opened := familyNamespaces env module }
  let (constants, table) ← constantsJson t (moduleConstants env module) #[] {} .leaf
  let json := Json.mkObj [
    ("schema", num 1),
    ("module", str module),
    ("lean", Json.mkObj [("version", Json.str Lean.versionString),
      ("commit", Json.str Lean.githash)]),
    ("imports", Json.arr (importsJson (moduleImports env module))),
    ("exprs", Json.arr table.nodes),
    ("constants", Json.arr constants)]
  if let some folder := path.parent then IO.FS.createDirAll folder
  let aside := path.addExtension "part"
  IO.FS.writeFile aside json.compress
  IO.FS.rename aside path

/-- The name written with dots. -/
def nameFrom (s : String) : Name := s.toName

/-- Export each module in a list. -/
partial def exportAll (out : System.FilePath) : List String → IO Unit
  | [] => return ()
  | m :: rest => do
    let module := nameFrom m
    let env ← importModules #[{ module, importAll := true }] {} (loadExts := true)
    exportModule env module (out / (m ++ ".json"))
    exportAll out rest

end Export

/-- Export built modules: the first argument is the folder to write to, the others are modules. -/
public def main (args : List String) : IO UInt32 := do
  match args with
  | out :: modules =>
    Export.exportAll out modules
    return 0
  | [] =>
    IO.eprintln "usage: lean --run lean/Export.lean OUTDIR MODULE..."
    return 2
