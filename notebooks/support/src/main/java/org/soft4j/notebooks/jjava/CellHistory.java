package org.soft4j.notebooks.jjava;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dflib.jjava.jupyter.kernel.history.HistoryEntry;
import org.dflib.jjava.jupyter.kernel.history.HistoryManager;
import org.dflib.jjava.jupyter.messages.request.HistoryRequest;

/** The texts of the cells that this kernel ran, in order; what they showed is not kept. */
final class CellHistory implements HistoryManager {
  private static final int SESSION = 1;

  private final List<String> cells = new ArrayList<>();

  synchronized void add(String cell) {
    cells.add(cell);
  }

  /** What a front end asks for. */
  List<HistoryEntry> answer(HistoryRequest request) {
    Set<ResultFlag> flags = EnumSet.noneOf(ResultFlag.class);
    if (request.includeOutput()) {
      flags.add(ResultFlag.INCLUDE_OUTPUT);
    }
    if (request instanceof HistoryRequest.Tail tail) {
      return lookupTail(tail.getMaxReturnLength(), flags);
    }
    if (request instanceof HistoryRequest.Range range) {
      return lookupRange(range.getSessionIndex(), range.getStart(), range.getStop(), flags);
    }
    if (request instanceof HistoryRequest.Search search) {
      if (search.filterUnique()) {
        flags.add(ResultFlag.UNIQUE);
      }
      return search(search.getPattern(), search.getMaxReturnLength(), flags);
    }
    return List.of();
  }

  /** Cells from one number to before another, where that is above 0; of this session alone. */
  @Override
  public synchronized List<HistoryEntry> lookupRange(
      int session, int from, int to, Set<ResultFlag> flags) {
    if (session != SESSION && session != 0) {
      return List.of();
    }
    return all(flags).stream()
        .filter(e -> e.getCellNumber() >= from && (to <= 0 || e.getCellNumber() < to))
        .toList();
  }

  @Override
  public synchronized List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return last(length, all(flags));
  }

  /** Cells whose text fits a pattern of {@code *} and {@code ?}. */
  @Override
  public synchronized List<HistoryEntry> search(String pattern, int length, Set<ResultFlag> flags) {
    Pattern wanted = glob(pattern);
    List<HistoryEntry> found =
        all(flags).stream().filter(e -> wanted.matcher(e.getInput()).matches()).toList();
    if (flags.contains(ResultFlag.UNIQUE)) {
      Map<String, HistoryEntry> latest = new LinkedHashMap<>();
      for (HistoryEntry entry : found) {
        latest.remove(entry.getInput());
        latest.put(entry.getInput(), entry);
      }
      found = List.copyOf(latest.values());
    }
    return last(length, found);
  }

  private static List<HistoryEntry> last(int length, List<HistoryEntry> entries) {
    return length <= 0 || length >= entries.size()
        ? entries
        : entries.subList(entries.size() - length, entries.size());
  }

  private List<HistoryEntry> all(Set<ResultFlag> flags) {
    String output = flags.contains(ResultFlag.INCLUDE_OUTPUT) ? "" : null;
    List<HistoryEntry> entries = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      entries.add(new HistoryEntry(SESSION, i + 1, cells.get(i), output));
    }
    return entries;
  }

  private static Pattern glob(String pattern) {
    String regex =
        pattern
            .chars()
            .mapToObj(
                letter ->
                    switch (letter) {
                      case '*' -> ".*";
                      case '?' -> ".";
                      default -> Pattern.quote(String.valueOf((char) letter));
                    })
            .collect(Collectors.joining());
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
