"""Compares the TorchScript of soft4j, run in Python, with transformers and peft.

    pip install torch==2.15.0 transformers==5.23.0 peft==0.21.2
    python tools/golden/torchscript.py [toolkit/lm/src/main/torchscript]

Reads the files that soft4j gives to libtorch and puts them together as soft4j does: parts are mixed
into one class, here of torch.nn.Module. Every case runs twice, compiled by torch.jit.script and as
plain Python, on small random models, and is compared with what transformers and peft compute by
themselves:

  step      logits of one step of two sequences over cached keys and values, with and without a common
            beginning that stands on the tree's path; and eight greedy steps of `decode`
  walk      log-probability, entropy and whether it is the most likely token, of several continuations
            of one context: the tree in one chunk, and with the context cached by a chunk before
  lora      gradients of all adapters: by hand in parts, by hand with autograd's attention, by hand
            with layers computed again, by autograd, and by autograd with layers computed again
  update    parameters after clipping and one step of AdamW
  merge     a base's weights with an adapter, as `write` makes them, with peft's merge_and_unload
  coarse    the walk in bfloat16 and in eight bits: how far from fp32, on average, by how far
            transformers is in bfloat16, or with weights and inputs of its linear layers rounded to
            eight bits row by row

Prints the largest difference of each case, and fails if one is above its bound. Differences of
gradients are relative to the largest gradient.
"""
import copy, importlib, inspect, itertools, sys, typing, warnings
from pathlib import Path

import peft, torch, transformers

sys.dont_write_bytecode = True
warnings.filterwarnings("ignore", category=FutureWarning)  # torch.jit.script is deprecated,
warnings.filterwarnings("ignore", message="torch.quantize")  # and tensors of eight bits are
FILES = Path(sys.argv[1] if len(sys.argv) > 1 else "toolkit/lm/src/main/torchscript").resolve()
sys.path[0] = str(FILES.parent)  # not this folder, where a file has the same name
batch, layout, sampling, tree = (importlib.import_module(f"{FILES.name}.{name}")
                                 for name in ("batch", "layout", "sampling", "tree"))

BOUNDS = {"step": 5e-5, "walk": 2e-5, "lora": 2e-5, "update": 1e-6, "merge": 1e-6, "coarse": 2}
SMALL = dict(vocab_size=97, hidden_size=48, intermediate_size=72, num_hidden_layers=3, num_attention_heads=6,
             num_key_value_heads=2, max_position_embeddings=200, initializer_range=0.2)
MODELS = {
    "llama": ("llama", dict(SMALL, head_dim=12, tie_word_embeddings=True, rope_parameters=dict(
        rope_type="llama3", rope_theta=500.0, factor=4.0, low_freq_factor=1.0, high_freq_factor=4.0,
        original_max_position_embeddings=32))),
    "qwen2": ("qwen2", dict(SMALL, tie_word_embeddings=False, use_sliding_window=False)),  # biases
    "qwen3": ("qwen3", dict(SMALL, head_dim=10, tie_word_embeddings=True)),  # norms of heads
    "mistral-window": ("mistral", dict(SMALL, head_dim=8, sliding_window=7, tie_word_embeddings=False)),
    "gpt2": ("gpt2", dict(vocab_size=97, n_embd=48, n_layer=3, n_head=4, n_positions=200, initializer_range=0.2,
                          resid_pdrop=0.0, embd_pdrop=0.0, attn_pdrop=0.0)),
}
worst = {}


def compose(*parts, **values):
    """One module of parts, with first values of its attributes; lists are empty."""
    classes = []
    for part in parts:
        module = importlib.import_module(f"{FILES.name}.{part}")
        classes += [c for c in vars(module).values() if inspect.isclass(c) and c.__module__ == module.__name__]
    whole = type("M", (*classes, torch.nn.Module), {})
    types = {}
    for base in reversed(whole.__mro__):
        if base.__module__.startswith(FILES.name + "."):
            types |= base.__dict__.get("__annotations__", {})
            for method in vars(base).values():
                if inspect.isfunction(method):
                    torch.jit.export(method)
    whole.__annotations__ = types
    module = whole()
    for name, kind in types.items():
        setattr(module, name, [] if typing.get_origin(kind) is list else values[name])
    return module


def make(name):
    model_type, settings = MODELS[name]
    config = transformers.AutoConfig.for_model(model_type, bos_token_id=0, eos_token_id=1, **settings)
    config._attn_implementation = "eager"
    torch.manual_seed(list(MODELS).index(name))
    model = transformers.AutoModelForCausalLM.from_config(config).float().eval()
    for key, weight in model.named_parameters():  # norms and biases too, so that a forgotten one shows
        if weight.dim() == 1:
            torch.nn.init.normal_(weight, 0 if key.endswith("bias") else 1, 0.2)
    return model


class Weights:
    """A transformers model's weights in the order of layout.py, and what the parts need to know."""

    def __init__(self, model):
        c = model.config
        state = {k.replace(".base_layer", ""): v.detach() for k, v in model.state_dict().items() if "lora_" not in k}
        self.gpt2 = c.model_type == "gpt2"
        self.none = torch.zeros(0)
        heads = c.num_attention_heads
        self.layers, self.hidden, self.vocabulary = c.num_hidden_layers, c.hidden_size, c.vocab_size
        width = getattr(c, "head_dim", None) or c.hidden_size // heads
        kvheads = heads if self.gpt2 else c.num_key_value_heads
        window = getattr(c, "sliding_window", None) or 0
        self.intermediate = 4 * c.hidden_size if self.gpt2 else c.intermediate_size
        self.windowed = [int(window > 0)] * self.layers
        self.shape = dict(
            layers=self.layers, heads=heads, kvheads=kvheads, width=width, centred=self.gpt2, rotary=not self.gpt2,
            epsilon=c.layer_norm_epsilon if self.gpt2 else c.rms_norm_eps, headnorms=c.model_type == "qwen3",
            gated=not self.gpt2, window=window)
        get = (lambda key: state.get(key, self.none))
        outer = [self.none] * layout.FIRST_LAYER
        body = "transformer." if self.gpt2 else "model."
        outer[layout.EMBEDDING] = get(body + ("wte.weight" if self.gpt2 else "embed_tokens.weight"))
        outer[layout.POSITIONS] = get(body + "wpe.weight")
        outer[layout.FREQUENCIES] = self.none if self.gpt2 else model.get_submodule("model.rotary_emb").inv_freq
        outer[layout.FINAL_NORM] = get(body + ("ln_f.weight" if self.gpt2 else "norm.weight"))
        outer[layout.FINAL_NORM_BIAS] = get(body + "ln_f.bias")
        outer[layout.HEAD] = outer[layout.EMBEDDING] if c.tie_word_embeddings else get("lm_head.weight")
        self.ws, self.linears = outer, []
        for i in range(self.layers):
            (self.add_gpt2 if self.gpt2 else self.add)(body + ("h." if self.gpt2 else "layers.") + f"{i}.", get)

    def put(self, norms, parts, linears):
        places = [self.none] * layout.PER_LAYER
        for place, value in {**norms, **parts}.items():
            places[place] = value.contiguous()
        self.ws += places
        pairs = [self.none] * (2 * batch.LINEARS)
        for which, (weight, bias) in linears.items():
            pairs[2 * which:2 * which + 2] = [weight.contiguous(), bias]
        self.linears += pairs

    def add(self, at, get):
        one = {which: (get(f"{at}{n}.weight"), get(f"{at}{n}.bias")) for which, n in {
            batch.QUERY: "self_attn.q_proj", batch.KEY: "self_attn.k_proj", batch.VALUE: "self_attn.v_proj",
            batch.OUTPUT: "self_attn.o_proj", batch.GATE: "mlp.gate_proj", batch.UP: "mlp.up_proj",
            batch.DOWN: "mlp.down_proj"}.items()}
        parts = {}
        for place, rows in {layout.QUERY_KEY_VALUE: (batch.QUERY, batch.KEY, batch.VALUE), layout.OUTPUT: (batch.OUTPUT,),
                            layout.GATE_UP: (batch.GATE, batch.UP), layout.DOWN: (batch.DOWN,)}.items():
            parts[place] = torch.cat([one[which][0] for which in rows])
            parts[place + 1] = torch.cat([one[which][1] for which in rows])
        self.put({layout.ATTENTION_NORM: get(at + "input_layernorm.weight"),
                  layout.FEED_NORM: get(at + "post_attention_layernorm.weight"),
                  layout.QUERY_NORM: get(at + "self_attn.q_norm.weight"),
                  layout.KEY_NORM: get(at + "self_attn.k_norm.weight")}, parts, one)

    def add_gpt2(self, at, get):
        names = {layout.QUERY_KEY_VALUE: "attn.c_attn", layout.OUTPUT: "attn.c_proj", layout.GATE_UP: "mlp.c_fc",
                 layout.DOWN: "mlp.c_proj"}
        one = {place: (get(f"{at}{n}.weight").t(), get(f"{at}{n}.bias")) for place, n in names.items()}
        norms = {layout.ATTENTION_NORM: get(at + "ln_1.weight"), layout.ATTENTION_NORM_BIAS: get(at + "ln_1.bias"),
                 layout.FEED_NORM: get(at + "ln_2.weight"), layout.FEED_NORM_BIAS: get(at + "ln_2.bias")}
        parts = {place + k: one[place][k] for place in one for k in (0, 1)}
        self.put(norms, parts, {batch.QUERY: one[layout.QUERY_KEY_VALUE], batch.OUTPUT: one[layout.OUTPUT],
                                batch.UP: one[layout.GATE_UP], batch.DOWN: one[layout.DOWN]})


def forms(module):
    return {"compiled": torch.jit.script(module), "as Python": module}


def note(case, model, variant, difference, bound):
    seen = worst.setdefault((case, model), [0.0, bound, variant, 0])
    seen[3] += 1
    if not difference <= seen[0]:  # a NaN counts too
        seen[0], seen[2] = difference, variant


# ---------------------------------------------------------------- chunks of a prefix tree

def chunk(paths, cached):
    """plan, keep and a row of every prefix: the distinct prefixes of sorted paths, but for cached ones.

    Quadratic and plain: a node is a prefix, its subtree the prefixes that begin with it.
    """
    on_path = [tuple(cached[:n]) for n in range(1, len(cached) + 1)]
    nodes = []
    for path in sorted(paths):
        nodes += [p for n in range(1, len(path) + 1) if (p := tuple(path[:n])) not in on_path and p not in nodes]
    plan = torch.zeros(tree.NODE_ROWS, len(nodes), dtype=torch.int64)
    for i, node in enumerate(nodes):
        plan[tree.NODE_TOKEN, i], plan[tree.NODE_POSITION, i] = node[-1], len(node) - 1
        plan[tree.NODE_END, i] = 1 + max(j for j, other in enumerate(nodes) if other[:len(node)] == node)
        plan[tree.NODE_ANCESTORS, i] = sum(node[:len(p)] == p for p in on_path)
    last = tuple(max(paths))
    keep = torch.tensor([i for i, node in enumerate(nodes) if last[:len(node)] == node], dtype=torch.int64)
    row = {p: n for n, p in enumerate(on_path)} | {p: len(cached) + i for i, p in enumerate(nodes)}
    return plan, keep, row, nodes


def divisions(plan, divided):
    """spans and groups; empty where attention is not divided."""
    spans, groups = [], []
    for i in range(plan.size(1) if divided else 0):
        position, ancestors = int(plan[tree.NODE_POSITION, i]), int(plan[tree.NODE_ANCESTORS, i])
        if not spans or spans[-1][tree.SPAN_ANCESTORS] != ancestors:
            spans.append([i, i, ancestors])
        spans[-1][tree.SPAN_END] = i + 1
        if position == ancestors:
            groups.append([i, i, ancestors, 1])
        elif position != int(plan[tree.NODE_POSITION, i - 1]) + 1:
            groups[-1][tree.GROUP_CHAIN] = 0
        groups[-1][tree.GROUP_END] = i + 1
    return (torch.tensor(spans, dtype=torch.int64).view(-1, tree.SPAN_ROWS).t().contiguous(),
            torch.tensor(groups, dtype=torch.int64).view(-1, tree.GROUP_ROWS).t().contiguous())


def decoders(weights, products, dtype=torch.float32):
    module = compose("decoder", products, **weights.shape, products=True, common=0, room=0, hidden=weights.hidden,
                     group=weights.shape["heads"] // weights.shape["kvheads"])
    for form, m in forms(module).items():
        ws = [w if i == layout.FREQUENCIES else w.to(dtype) for i, w in enumerate(weights.ws)]
        m.set_layers(ws, weights.windowed)
        m.set_stops([])
        m.unpack()
        m.pack()
        yield form, m


# ---------------------------------------------------------------- the cases

def texts(seed):
    g = torch.Generator().manual_seed(seed)
    draw = lambda n: torch.randint(0, 97, (n,), generator=g).tolist()
    context = draw(41)
    branch = context + draw(9)
    return context, [context + draw(6), branch + draw(5), branch + draw(12), branch, context + draw(1), draw(7)]


def expected(model, path, start):
    """log-probability, entropy and greedy of each token of path from start on."""
    logp = torch.log_softmax(model(torch.tensor([path])).logits[0].double(), -1)
    found = []
    for i in range(start - 1, len(path) - 1):
        found.append([logp[i, path[i + 1]], -(logp[i].exp() * logp[i]).sum(), float(logp[i].argmax() == path[i + 1])])
    return torch.tensor(found)


def rounded(model, dtype):
    """The model by transformers in another number format."""
    other = copy.deepcopy(model)
    if dtype == torch.bfloat16:
        return other.to(dtype)

    def eight_bits(x, dim):
        scale = x.abs().amax(dim, True).clamp_min(1e-30) / 127
        return (x / scale).round() * scale

    for key, layer in other.named_modules():
        if hasattr(layer, "weight") and layer.weight.dim() == 2 and not key.endswith(("lm_head", "wte", "wpe", "embed_tokens")):
            layer.weight.data = eight_bits(layer.weight.data, 1 if isinstance(layer, torch.nn.Linear) else 0)
            layer.register_forward_pre_hook(lambda _, inputs: (eight_bits(inputs[0], -1),))
    return other


def walk(name, model, weights, products="packed_products", dtype=torch.float32):
    context, paths = texts(7)
    wanted = torch.cat([expected(model, path, 1) for path in sorted(paths)])
    coarse = dtype == torch.bfloat16 or products == "eight_bit_products"
    if coarse:
        peer = torch.cat([expected(rounded(model, dtype), path, 1) for path in sorted(paths)])
        usual = (peer - wanted)[:, :2].abs().mean().item()
    for form, m in decoders(weights, products, dtype):
        for cached_first, divided in itertools.product((False, True), (False, True)):
            if divided and weights.shape["window"] > 0:
                continue  # as soft4j: a window asks for a mask
            m.open_path(max(map(len, paths)))
            cached = []
            if cached_first:
                plan, keep, _, _ = chunk([context], [])
                nothing = torch.zeros(sampling.PAIR_ROWS, 0, dtype=torch.int64)
                m.score(plan, 0, keep, *divisions(plan, divided), nothing[0], nothing, 5)  # fill keeps no rows
                cached = context
            plan, keep, row, _ = chunk([p[:-1] for p in paths], cached)
            wants = [(row[tuple(path[:i])], path[i]) for path in sorted(paths) for i in range(1, len(path))]
            order = sorted(range(len(wants)), key=lambda i: wants[i][0])
            rows = sorted({r for r, _ in wants})
            pairs = torch.zeros(sampling.PAIR_ROWS, len(wants), dtype=torch.int64)
            for at, i in enumerate(order):
                pairs[sampling.PAIR_ROW, at] = rows.index(wants[i][0])
                pairs[sampling.PAIR_TARGET, at] = wants[i][1]
            seen = torch.zeros_like(wanted)
            seen[order] = m.score(plan, len(cached), keep, *divisions(plan, divided), torch.tensor(rows), pairs,
                                  5).to(wanted.dtype)
            m.release()
            where = f"{form}, {'cached, ' if cached_first else ''}{'divided' if divided else 'masked'}"
            if coarse:  # which token is the most likely may differ
                kind = "eight bits" if products == "eight_bit_products" else "bfloat16"
                note("coarse", f"{name}, {kind}", where, (seen - wanted)[:, :2].abs().mean().item() / usual, BOUNDS["coarse"])
            else:
                note("walk", name, where + ", " + products, (seen - wanted).abs().max().item(), BOUNDS["walk"])


def step(name, model, weights):
    context, paths = texts(8)
    paths = sorted([paths[0], paths[2]])
    wanted = []
    for path in paths:  # with transformers' own cache
        cache = model(torch.tensor([path[:-1]]), use_cache=True).past_key_values
        wanted.append(model(torch.tensor([path[-1:]]), past_key_values=cache).logits[0, -1])
    wanted = torch.stack(wanted)
    for form, m in decoders(weights, "packed_products"):
        for common in (0, len(context)):
            divided = weights.shape["window"] == 0
            if common > 0 and not divided:
                continue
            filled = [p[:-1] for p in paths]
            plan, keep, _, nodes = chunk(filled, [])
            leaves = torch.zeros(tree.LEAF_ROWS, len(paths), dtype=torch.int64)
            for slot, path in enumerate(filled):
                leaves[tree.LEAF_SLOT, slot], leaves[tree.LEAF_NODE, slot] = slot, nodes.index(tuple(path))
            longest, steps = max(map(len, paths)), 8
            m.open_path(longest)
            room = longest + steps - common
            m.open_slots(len(paths), room, m.padded(room), common)
            m.fill(plan, 0, keep, *divisions(plan, divided), leaves)
            state = torch.tensor([[p[-1] for p in paths], [len(p) - 1 for p in paths]])
            token, at = state[sampling.STATE_TOKEN], state[sampling.STATE_POSITION]
            logits = m.logits(m.step(token, at, m.reach(longest - common)))
            where = f"{form}, {'common beginning' if common else 'slots alone'}"
            note("step", name, where, (logits - wanted).abs().max().item(), BOUNDS["step"])
            how = torch.tensor([[0.0, 0.0, 1.0]] * len(paths), dtype=torch.float64)
            out = m.decode(state, torch.full([len(paths)], steps), how,
                           torch.zeros(len(paths), steps, dtype=torch.float64), longest - 1, sampling.KIND_GREEDY)
            m.release()
            for slot, path in enumerate(paths):
                tokens = out[slot, :, sampling.STEP_TOKEN].long().tolist()
                measured = out[slot][:, [sampling.STEP_LOG_PROBABILITY, sampling.STEP_ENTROPY]]
                whole = expected(model, path + tokens, len(path))
                assert whole[:, 2].all(), f"{name}: decode took a token that is not the most likely: {tokens}"
                note("step", name, where + ", decode", (measured - whole[:, :2]).abs().max().item(), BOUNDS["step"])


def adapted(name, model):
    names = ["c_attn", "c_proj", "c_fc"] if name == "gpt2" else [
        "q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    config = peft.LoraConfig(r=3, lora_alpha=5, target_modules=names, lora_dropout=0.0, fan_in_fan_out=name == "gpt2")
    with_adapters = peft.get_peft_model(model, config)
    g = torch.Generator().manual_seed(3)
    for key, p in with_adapters.named_parameters():
        if "lora_" in key:
            p.data = 0.2 * torch.randn(p.shape, generator=g)
    modules = ({batch.QUERY: "attn.c_attn", batch.OUTPUT: "attn.c_proj", batch.UP: "mlp.c_fc", batch.DOWN: "mlp.c_proj"}
               if name == "gpt2" else
               {batch.QUERY: "self_attn.q_proj", batch.KEY: "self_attn.k_proj", batch.VALUE: "self_attn.v_proj",
                batch.OUTPUT: "self_attn.o_proj", batch.GATE: "mlp.gate_proj", batch.UP: "mlp.up_proj",
                batch.DOWN: "mlp.down_proj"})
    return with_adapters, modules, config.lora_alpha / config.r


def merge(name, model):
    bases = {key: p.detach().clone() for key, p in model.named_parameters()}
    with_adapters, modules, scale = adapted(name, model)
    pairs = {}
    for suffix in modules.values():
        at = f"{'transformer.h' if name == 'gpt2' else 'model.layers'}.1.{suffix}"
        layer = with_adapters.get_submodule("base_model.model." + at)
        pairs[at] = [m.default.weight.detach().clone() for m in (layer.lora_B, layer.lora_A)]
    merged = dict(with_adapters.merge_and_unload().named_parameters())
    for form, m in forms(compose("weights", dtype=6, device="cpu")).items():  # 6: float32
        for at, (b, a) in pairs.items():
            stored = bases[at + ".weight"]  # [inputs, outputs] in gpt2's Conv1D
            transposed = name == "gpt2"
            seen = torch.zeros_like(stored.t() if transposed else stored).contiguous()
            m.write(seen, stored, False, transposed, b, a, scale)
            wanted = merged[at + ".weight"].t() if transposed else merged[at + ".weight"]
            note("merge", name, form, (seen - wanted).abs().max().item(), BOUNDS["merge"])


def micro_batch(rows):
    """Sequences packed in one row; the first half of each is a prompt that is not learned."""
    longest = max(map(len, rows))
    ids, positions, pad, unpad, targets, labels = [], [], [], [], [], []
    for s, row in enumerate(rows):
        at = len(ids)
        for i, token in enumerate(row):
            if i >= len(row) // 2:
                targets.append(at + i - 1)
                labels.append(token)
            unpad.append(s * longest + i)
        ids += row
        positions += range(len(row))
        pad += [at + min(i, len(row) - 1) for i in range(longest)]
    return [torch.tensor(x) for x in (ids, positions, pad, unpad, targets, labels)]


def lora(name, model):
    weights = Weights(model)
    with_adapters, modules, scale = adapted(name, model)
    rows = sorted(texts(9)[1] + [texts(10)[0] * 4], key=len, reverse=True)  # one of two blocks of queries
    learned = sum(len(row) - len(row) // 2 for row in rows)
    loss = 0.0
    for row in rows:
        logp = torch.log_softmax(with_adapters(torch.tensor([row])).logits[0], -1)
        for i in range(len(row) // 2, len(row)):
            loss = loss - logp[i - 1, row[i]]
    (loss / learned).backward()
    parameters, slots, peers = [], [-1] * (weights.layers * batch.LINEARS), []
    for i in range(weights.layers):
        for which, suffix in modules.items():
            layer = with_adapters.get_submodule(f"base_model.model.{'transformer.h' if name == 'gpt2' else 'model.layers'}.{i}.{suffix}")
            slots[batch.LINEARS * i + which] = len(parameters) // 2
            peers += [layer.lora_A.default.weight, layer.lora_B.default.weight]
            parameters += [p.detach().clone().requires_grad_(True) for p in peers[-2:]]
    wanted = [p.grad for p in peers]
    largest = max(g.abs().max().item() for g in wanted)
    inputs = micro_batch(rows)
    by_hand = ["accumulate_adapters"] if name != "gpt2" else []  # asks for RMS norm and a gate
    updated = False
    for products, parted in (("packed_gradients", True), ("plain_gradients", False)):
        module = compose("lora", products, **weights.shape, scale=scale, dropout=0.0, full=False, inner=len(parameters),
                         joined=name == "gpt2", positions=len(rows[0]), chunk=11, packing=products[:6] == "packed",
                         parted=parted, intermediate=weights.intermediate)
        for (form, m), method, recompute in itertools.product(forms(module).items(), by_hand + ["accumulate"], (0, 1)):
            values = [p.detach().clone().requires_grad_(True) for p in parameters]
            state = [[torch.zeros_like(p, requires_grad=False) for p in parameters] for _ in range(3)]
            steps = [torch.zeros([]) for _ in parameters]
            m.set_layers(weights.ws, weights.windowed)
            m.set_linears(weights.linears)
            m.set_slots(slots)
            m.set_parameters(values, *state, steps)
            sizes = torch.zeros(batch.SIZE_LENGTHS + len(rows), dtype=torch.int64)
            sizes[batch.SIZE_LONGEST], sizes[batch.SIZE_LEARNED], sizes[batch.SIZE_RECOMPUTE] = len(rows[0]), learned, recompute
            sizes[batch.SIZE_LENGTHS:] = torch.tensor([len(row) for row in rows])
            seen = float(getattr(m, method)(*inputs, sizes))
            torch.set_grad_enabled(True)
            where = f"{form}, {method}, {products}{', computed again' if recompute else ''}"
            note("lora", name, where, abs(seen / loss.item() - 1), BOUNDS["lora"])
            for mine, other in zip(state[0], wanted):
                note("lora", name, where, (mine - other).abs().max().item() / largest, BOUNDS["lora"])
            if not updated:  # the first variant's gradients against torch's own clipping and AdamW
                updated = True
                for p, g in zip(peers, state[0]):
                    p.grad = g.clone()
                torch.nn.utils.clip_grad_norm_(peers, 0.5)
                torch.optim.AdamW(peers, lr=1e-2, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1).step()
                with torch.no_grad():
                    m.update(1e-2, 0.9, 0.99, 1e-8, 0.1, 0.5)
                    for mine, other in zip(values, peers):
                        note("update", name, form, (mine - other).abs().max().item(), BOUNDS["update"])


def main():
    torch.set_num_threads(1)
    for name in MODELS:
        model = make(name)
        weights = Weights(model)
        with torch.no_grad():
            step(name, model, weights)
            for products in ("packed_products", "plain_products"):
                walk(name, model, weights, products)
            walk(name, model, weights, "eight_bit_products")
            walk(name, model, weights, dtype=torch.bfloat16)
            merge(name, copy.deepcopy(model))
        lora(name, model)
    print(f"torch {torch.__version__}, transformers {transformers.__version__}, peft {peft.__version__}")
    for (case, name), (difference, bound, variant, count) in sorted(worst.items()):
        print(f"{case:7} {name:27} {difference:8.2g}  bound {bound:5g}  of {count:4} comparisons: {variant}")
    wrong = [key for key, (difference, bound, _, _) in worst.items() if not difference <= bound]
    if wrong:
        sys.exit(f"above their bounds: {wrong}")


main()
