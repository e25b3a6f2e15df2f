package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.soft4j.lm.template.node.Access;
import org.soft4j.lm.template.node.Applied;
import org.soft4j.lm.template.node.Assignment;
import org.soft4j.lm.template.node.Block;
import org.soft4j.lm.template.node.Captured;
import org.soft4j.lm.template.node.Condition;
import org.soft4j.lm.template.node.Expression;
import org.soft4j.lm.template.node.Loop;
import org.soft4j.lm.template.node.MacroBody;
import org.soft4j.lm.template.node.Scope;
import org.soft4j.lm.template.node.Statement;
import org.soft4j.lm.template.node.Target;
import org.soft4j.lm.template.node.Written;
import org.soft4j.lm.template.value.Rendering;

/** Reads the statements of Jinja, each behind its name. */
final class StatementParser {
  private static final List<String> READING = List.of("include", "import", "from", "extends");

  private final Tokens tokens;
  private final Rendering.Rules rules;
  private final UnknownNames unknown;
  private final ExpressionParser expressions;
  private final TargetParser targets;
  private final BlockParser blocks;

  StatementParser(Tokens tokens, Rendering.Rules rules, UnknownNames unknown, BlockParser blocks) {
    this.tokens = tokens;
    this.rules = rules;
    this.unknown = unknown;
    this.blocks = blocks;
    this.expressions = new ExpressionParser(tokens, unknown);
    this.targets = new TargetParser(tokens);
  }

  /** What is written: an expression, or several with commas between them. */
  Expression output() {
    return checked(expressions.tuple(true));
  }

  private <T> T checked(T read) {
    unknown.check();
    return read;
  }

  /** Reads a statement up to before the end of its last section. */
  List<Statement> statement() {
    int line = tokens.line();
    String tag = tokens.expectName();
    boolean chat = rules == Rendering.Rules.CHAT;
    return switch (tag) {
      case "if" -> List.of(condition(line));
      case "for" -> List.of(loop(line));
      case "set" -> List.of(set(line));
      case "with" -> List.of(with(line));
      case "macro" -> List.of(macro(line));
      case "call" -> List.of(call(line));
      case "filter" -> List.of(filter(line));
      case "print" -> print(line);
      case "break" -> List.of(leave(line, chat, Statement.Flow.BREAK));
      case "continue" -> List.of(leave(line, chat, Statement.Flow.CONTINUE));
      case "generation" -> List.of(generation(line, chat));
      default -> throw refused(tag, line);
    };
  }

  private static SyntaxFault refused(String tag, int line) {
    return new SyntaxFault(
        READING.contains(tag)
            ? "the tag " + tag + " is disabled: a template reads no other file"
            : "the tag " + tag + " is not supported",
        line);
  }

  private Statement condition(int line) {
    List<Condition.Branch> branches = new ArrayList<>();
    boolean before = unknown.enter(true);
    int at = line;
    String end = "elif";
    while (end.equals("elif")) {
      Expression condition = checked(expressions.tuple(false));
      Block body = blocks.block("elif", "else", "endif");
      branches.add(new Condition.Branch(at, condition, body));
      at = tokens.line();
      end = tokens.next().text();
    }
    if (end.equals("else")) {
      Expression always = new Expression.Constant(true);
      branches.add(new Condition.Branch(at, always, blocks.closed("endif")));
    }
    unknown.enter(before);
    return new Condition(line, branches);
  }

  private Statement loop(int line) {
    Target target = targets.ofLoop();
    tokens.expect("in");
    Expression values = expressions.tuple(false);
    Optional<Expression> test =
        tokens.skip("if") ? Optional.of(expressions.expression()) : Optional.empty();
    boolean recursive = tokens.skip("recursive");
    unknown.check();
    int loops = blocks.loops();
    Block body = blocks.within(loops + 1, () -> blocks.block("endfor", "else"));
    Block otherwise =
        tokens.next().text().equals("else")
            ? blocks.within(recursive ? 0 : loops, () -> blocks.closed("endfor"))
            : new Block(List.of());
    Loop loop =
        new Loop(
            line,
            target,
            values,
            test,
            recursive,
            body,
            otherwise,
            new Loop.Scopes(),
            Loop.isNamed(body));
    loop.names(
        (name, set) -> {
          if (set && name.equals("loop")) {
            throw new SyntaxFault("the name loop cannot be set in a loop", line);
          }
        });
    return loop;
  }

  private Statement set(int line) {
    Target target = targets.ofSet();
    if (tokens.skip("=")) {
      return new Assignment.SetValue(line, target, output());
    }
    Optional<Expression> filter = Optional.empty();
    while (tokens.skip("|")) {
      filter = Optional.of(expressions.operands().filter(filter.orElse(new Applied.Written())));
    }
    unknown.check();
    Block body = blocks.within(blocks.loops(), () -> blocks.closed("endset"));
    return new Assignment.SetBlock(line, target, filter, body, new Scope());
  }

  private Statement with(int line) {
    List<Target> names = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.sees(Token.Kind.END)) {
      if (!names.isEmpty()) {
        tokens.expect(",");
      }
      names.add(targets.ofWith());
      tokens.expect("=");
      values.add(expressions.expression());
    }
    unknown.check();
    Block body = blocks.within(blocks.loops(), () -> blocks.closed("endwith"));
    return new Assignment.With(line, names, values, body, new Scope());
  }

  private Statement macro(int line) {
    String name = targets.name();
    MacroParser signature = new MacroParser(tokens, expressions, targets);
    signature.read();
    unknown.check();
    Block body = blocks.within(0, () -> blocks.closed("endmacro"));
    return new MacroBody.Definition(name, signature.with(line, body));
  }

  private Statement call(int line) {
    MacroParser signature = new MacroParser(tokens, expressions, targets);
    if (tokens.sees("(")) {
      signature.read();
    }
    if (!(expressions.expression() instanceof Access.Call called)) {
      throw new SyntaxFault("expected a call of a macro", line);
    }
    unknown.check();
    Block body = blocks.within(0, () -> blocks.closed("endcall"));
    return new Captured.CallBlock(line, called, signature.with(line, body));
  }

  private Statement filter(int line) {
    Expression filter = expressions.operands().filter(new Applied.Written());
    while (tokens.skip("|")) {
      filter = expressions.operands().filter(filter);
    }
    unknown.check();
    Block body = blocks.within(blocks.loops(), () -> blocks.closed("endfilter"));
    return new Captured.FilterBlock(line, filter, body, new Scope());
  }

  private List<Statement> print(int line) {
    List<Statement> all = new ArrayList<>();
    while (!tokens.sees(Token.Kind.END)) {
      if (!all.isEmpty()) {
        tokens.expect(",");
      }
      all.add(new Written.Value(line, expressions.expression()));
    }
    return checked(all);
  }

  private Statement leave(int line, boolean known, Statement.Flow flow) {
    if (!known || blocks.loops() == 0) {
      throw new SyntaxFault("break and continue stand in a loop of a chat template", line);
    }
    return new Written.Leave(line, flow);
  }

  private Statement generation(int line, boolean known) {
    if (!known) {
      throw refused("generation", line);
    }
    Block body = blocks.within(0, () -> blocks.closed("endgeneration"));
    return new Captured.Generation(line, body, new Scope());
  }
}
