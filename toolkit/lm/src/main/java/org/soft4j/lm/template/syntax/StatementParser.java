package org.soft4j.lm.template.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.soft4j.lm.template.tree.Assignment;
import org.soft4j.lm.template.tree.Call;
import org.soft4j.lm.template.tree.Captured;
import org.soft4j.lm.template.tree.Condition;
import org.soft4j.lm.template.tree.Expression;
import org.soft4j.lm.template.tree.Loop;
import org.soft4j.lm.template.tree.MacroBody;
import org.soft4j.lm.template.tree.Scope;
import org.soft4j.lm.template.tree.Statement;
import org.soft4j.lm.template.tree.Target;
import org.soft4j.lm.template.tree.Template;
import org.soft4j.lm.template.tree.Written;
import org.soft4j.lm.template.value.Rendering;
import org.soft4j.lm.template.value.TemplateFault;

/** Reads a template: text, what is written and statements, and the blocks of these. */
public final class StatementParser {
  private static final List<String> READING = List.of("include", "import", "from", "extends");

  /** The templates in use nest some ten sections. */
  private static final int MOST_DEPTH = 100;

  private final Tokens tokens;
  private final Rendering.Rules rules;
  private final UnknownNames unknown;
  private final ExpressionParser expressions;
  private final NameParser names;
  private int depth;
  private int loops;

  private StatementParser(Tokens tokens, Rendering.Rules rules) {
    this.tokens = tokens;
    this.rules = rules;
    this.unknown = new UnknownNames(rules);
    this.expressions = new ExpressionParser(tokens, unknown);
    this.names = new NameParser(tokens, expressions);
  }

  /**
   * Reads a template.
   *
   * @throws TemplateFault if it is none, or uses what is not supported
   */
  public static Template read(String source, Rendering.Rules rules) {
    SourceBounds.require(source);
    Tokens tokens = new Tokens(Lexer.read(source, rules));
    return new Template(new StatementParser(tokens, rules).statements(List.of()));
  }

  private Statement.Block statements(List<String> ends) {
    List<Statement> all = new ArrayList<>();
    while (!tokens.sees(Tokens.Kind.EOF)) {
      Tokens.Token token = tokens.next();
      if (token.kind() == Tokens.Kind.DATA) {
        all.add(new Written.Text(token.line(), token.text()));
      } else if (token.kind() == Tokens.Kind.OUTPUT) {
        all.add(new Written.Value(token.line(), output()));
        tokens.expectEnd();
      } else if (tokens.sees(Tokens.Kind.NAME) && ends.contains(tokens.peek().text())) {
        break;
      } else {
        all.addAll(statement());
        tokens.expectEnd();
      }
    }
    return new Statement.Block(List.copyOf(all));
  }

  /** Reads the rest of a section, and a block up to before one of some words. */
  private Statement.Block block(String... ends) {
    int line = tokens.line();
    tokens.skip(":");
    tokens.expectEnd();
    if (++depth > MOST_DEPTH) {
      throw new TemplateFault("sections are nested too deeply").in(line);
    }
    Statement.Block block = statements(List.of(ends));
    depth--;
    if (tokens.sees(Tokens.Kind.EOF)) {
      throw new TemplateFault("a section has no " + ends[ends.length - 1]).in(line);
    }
    return block;
  }

  /** Reads a block with the word that ends it. */
  private Statement.Block closed(String end) {
    Statement.Block block = block(end);
    tokens.next();
    return block;
  }

  /** Reads a block with variables of its own, which is within so many loops that it can leave. */
  private Statement.Block within(int inner, String... ends) {
    int before = loops;
    boolean conditional = unknown.enter(false);
    loops = inner;
    Statement.Block block = ends.length == 1 ? closed(ends[0]) : block(ends);
    loops = before;
    unknown.enter(conditional);
    return block;
  }

  /** What is written: an expression, or several with commas between them. */
  private Expression output() {
    return checked(expressions.tuple(true));
  }

  private <T> T checked(T read) {
    unknown.check();
    return read;
  }

  /** Reads a statement up to before the end of its last section. */
  private List<Statement> statement() {
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

  private static TemplateFault refused(String tag, int line) {
    String why =
        READING.contains(tag)
            ? " is disabled: a template reads no other file"
            : " is not supported";
    return new TemplateFault("the tag " + tag + why).in(line);
  }

  private Statement condition(int line) {
    List<Condition.Branch> branches = new ArrayList<>();
    boolean before = unknown.enter(true);
    int at = line;
    String end = "elif";
    while (end.equals("elif")) {
      Expression condition = checked(expressions.tuple(false));
      Statement.Block body = block("elif", "else", "endif");
      branches.add(new Condition.Branch(at, condition, body));
      at = tokens.line();
      end = tokens.next().text();
    }
    if (end.equals("else")) {
      branches.add(new Condition.Branch(at, OperandParser.constant(true), closed("endif")));
    }
    unknown.enter(before);
    return new Condition(line, branches);
  }

  private Statement loop(int line) {
    Target target = names.targets(false, "in");
    tokens.expect("in");
    Expression values = expressions.tuple(false);
    Optional<Expression> test =
        tokens.skip("if") ? Optional.of(expressions.expression()) : Optional.empty();
    boolean recursive = tokens.skip("recursive");
    unknown.check();
    Statement.Block body = within(loops + 1, "endfor", "else");
    Statement.Block otherwise =
        tokens.next().text().equals("else")
            ? within(recursive ? 0 : loops, "endfor")
            : new Statement.Block(List.of());
    Loop loop = new Loop(line, target, values, test, recursive, body, otherwise);
    loop.names(
        (name, set) -> {
          if (set && name.equals("loop")) {
            throw new TemplateFault("the name loop cannot be set in a loop").in(line);
          }
        });
    return loop;
  }

  private Statement set(int line) {
    Target target = names.targets(true, "");
    if (tokens.skip("=")) {
      return new Assignment.SetValue(line, target, output());
    }
    Optional<Expression> filter = tokens.skip("|") ? Optional.of(filters()) : Optional.empty();
    unknown.check();
    Statement.Block body = within(loops, "endset");
    return new Captured.SetBlock(line, target, filter, body, new Scope());
  }

  /** Filters of what a block writes. */
  private Expression filters() {
    Expression filter = expressions.operands().filter(Captured.TEXT);
    while (tokens.skip("|")) {
      filter = expressions.operands().filter(filter);
    }
    return checked(filter);
  }

  private Statement with(int line) {
    List<Target> targets = new ArrayList<>();
    List<Expression> values = new ArrayList<>();
    while (!tokens.sees(Tokens.Kind.END)) {
      if (!targets.isEmpty()) {
        tokens.expect(",");
      }
      targets.add(names.targets(false, ""));
      tokens.expect("=");
      values.add(expressions.expression());
    }
    unknown.check();
    Statement.Block body = within(loops, "endwith");
    return new Assignment.With(line, targets, values, body, new Scope());
  }

  private Statement macro(int line) {
    String name = names.name();
    NameParser.Parameters parameters = checked(names.parameters());
    return new MacroBody.Definition(name, parameters.with(line, within(0, "endmacro")));
  }

  private Statement call(int line) {
    NameParser.Parameters parameters =
        tokens.sees("(") ? names.parameters() : new NameParser.Parameters(List.of(), Map.of());
    if (!(expressions.expression() instanceof Call called)) {
      throw new TemplateFault("expected a call of a macro").in(line);
    }
    unknown.check();
    return new Captured.CallBlock(line, called, parameters.with(line, within(0, "endcall")));
  }

  private Statement filter(int line) {
    Expression filter = filters();
    Statement.Block body = within(loops, "endfilter");
    return new Captured.FilterBlock(line, filter, body, new Scope());
  }

  private List<Statement> print(int line) {
    List<Statement> all = new ArrayList<>();
    while (!tokens.sees(Tokens.Kind.END)) {
      if (!all.isEmpty()) {
        tokens.expect(",");
      }
      all.add(new Written.Value(line, expressions.expression()));
    }
    return checked(all);
  }

  private Statement leave(int line, boolean known, Statement.Flow flow) {
    if (!known || loops == 0) {
      throw new TemplateFault("break and continue stand in a loop of a chat template").in(line);
    }
    return new Written.Leave(line, flow);
  }

  private Statement generation(int line, boolean known) {
    if (!known) {
      throw refused("generation", line);
    }
    return new Captured.Generation(line, within(0, "endgeneration"), new Scope());
  }
}
