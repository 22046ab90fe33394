"""Make the WebAssembly module out of Numba's unoptimised IR: LLVM's passes for wasm32, and the linker of `ziglang`.

Sizes stay numbers of 64 bits, as Numba has them; addresses take 32. No sum is done in another order than the IR says,
so results keep every bit.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import llvmlite.binding as llvm

from explorer.engine.lower import NAMES

RUNTIME = Path(__file__).with_name("runtime.c")
TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+bulk-memory,+sign-ext,+nontrapping-fptoint,+mutable-globals"
"""What every browser since 2021 can do. Vectors are left out: they made no run faster."""
SPEED = 3
STACK = 1 << 18
"""Bytes of the stack."""
EXACT = ("sqrt", "floor", "ceil", "trunc", "fabs")
"""Functions of the C library that are instructions of WebAssembly, exact by IEEE 754."""


def link_module(folder: Path, to: Path) -> None:
    """Write the module of the IR in ``folder``, which `lower_entries` wrote, to the file ``to``."""
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    machine = llvm.Target.from_triple(TRIPLE).create_target_machine(opt=SPEED, features=FEATURES)
    layout = str(machine.target_data)
    whole = llvm.parse_assembly(f'target triple = "{TRIPLE}"\ntarget datalayout = "{layout}"\n')
    names: dict[str, str] = json.loads((folder / NAMES).read_text(encoding="utf-8"))
    for name, inner in names.items():
        part = _retargeted((folder / f"{name}.ll").read_text(encoding="utf-8"), layout)
        whole.link_in(_with_entry(part, name, inner))
    _optimise(whole, machine)
    _link(machine.emit_object(whole), list(names), to)


def _retargeted(text: str, layout: str) -> str:
    """Return IR for WebAssembly, in which exact functions are instructions."""
    text = re.sub(r"(?m)^target triple = .*$", f'target triple = "{TRIPLE}"', text)
    text = re.sub(r"(?m)^target datalayout = .*$", f'target datalayout = "{layout}"', text)
    for name in EXACT:
        text = text.replace(f"@{name}(", f"@llvm.{name}.f64(")
    return text.replace(" = common ", " = internal ")


def _with_entry(text: str, name: str, inner: str) -> llvm.ModuleRef:
    """Return the module with one function to be called from outside, ``name``."""
    module = llvm.parse_assembly(text)
    kinds = [str(argument.type) for argument in module.get_function(inner).arguments]
    module = llvm.parse_assembly(text + _entry(name, inner, kinds[2:]))
    module.verify()
    for function in module.functions:
        if not function.is_declaration and function.name != name:
            function.linkage = "internal"
    return module


def _entry(name: str, inner: str, kinds: list[str]) -> str:
    """Return a function that takes all arguments from one block of 64-bit words, and returns the status, 0 for good."""
    lines, passed = [], ["ptr %result", "ptr %raised"]
    for place, kind in enumerate(kinds):
        lines.append(f"  %p{place} = getelementptr i64, ptr %block, i32 {place}")
        lines.append(f"  %w{place} = load i64, ptr %p{place}")
        if kind != "i64":
            lines.append(f"  %a{place} = {'inttoptr' if kind == 'ptr' else 'trunc'} i64 %w{place} to {kind}")
        passed.append(f"{kind} %{'w' if kind == 'i64' else 'a'}{place}")
    return "\n".join(
        [
            "declare void @begin_call()",
            f"define i32 @{name}(ptr %block) {{",
            "  %result = alloca ptr",
            "  %raised = alloca ptr",
            "  call void @begin_call()",
            *lines,
            f"  %status = call i32 @{inner}({', '.join(passed)})",
            "  ret i32 %status",
            "}",
            "",
        ]
    )


def _optimise(module: llvm.ModuleRef, machine: llvm.TargetMachine) -> None:
    """Run the passes that Numba runs: what is plain first, with references that cancel out, then all."""
    for speed in (0, SPEED):
        options = llvm.create_pipeline_tuning_options(speed)
        options.loop_vectorization = options.slp_vectorization = speed == SPEED
        builder = llvm.create_pass_builder(machine, options)
        manager = builder.getModulePassManager()
        manager.add_refprune_pass(llvm.RefPruneSubpasses.ALL)
        manager.run(module, builder)


def _link(kernel: bytes, names: list[str], to: Path) -> None:
    zig = [sys.executable, "-m", "ziglang"]
    with tempfile.TemporaryDirectory() as place:
        parts = [Path(place, "kernel.o"), Path(place, "runtime.o")]
        parts[0].write_bytes(kernel)
        compile_runtime = ["cc", "-target", "wasm32-freestanding", "-O2", "-mbulk-memory", "-fno-sanitize=all", "-g0"]
        subprocess.run([*zig, *compile_runtime, "-c", RUNTIME, "-o", parts[1]], check=True)  # noqa: S603
        exports = [f"--export={name}" for name in names]
        options = ["--no-entry", "--strip-all", "--gc-sections", "-z", f"stack-size={STACK}"]
        linked = Path(place, "linked.wasm")
        subprocess.run([*zig, "wasm-ld", *options, *exports, *parts, "-o", linked], check=True)  # noqa: S603
        # The linker makes programs; this is a file like others.
        to.write_bytes(linked.read_bytes())
