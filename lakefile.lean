import Lake
open Lake DSL

package DeepTheory where
  srcDir := "lean"

@[default_target]
lean_lib DeepTheory where
  roots := #[`DeepTheory]
