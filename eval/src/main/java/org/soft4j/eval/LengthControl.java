package org.soft4j.eval;

import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The win rate that would be expected if both answers were equally long: logistic regression of the
 * outcome on a constant and tanh(x), where x is the difference of lengths over its standard
 * deviation, read at x = 0.
 *
 * <p>Source: AlpacaEval's length-controlled win rate (Dubois et al. 2024; glm_winrate.py) without
 * the terms that need data not at hand: no instruction difficulty, no gamed baselines, no
 * regularisation. Hence {@code length_controlled_minimal}, which does not compare with the
 * published length-controlled win rates.
 */
public final class LengthControl {
  private static final int STEPS = 100;
  private static final double CLOSE = 1e-10;
  // Beyond this the lengths separate wins from losses and the constant grows without bound.
  private static final double FAR = 30;

  private LengthControl() {}

  /**
   * One comparison.
   *
   * @param outcome 1 where the model wins, 0 where it loses, between for less certain ones
   * @param longer by how many characters the model's answer is longer than the other
   */
  public record Outcome(double outcome, int longer) {}

  /**
   * A share with its standard error, both from 0 to 1; NaN where it is not defined.
   *
   * @param value expected share of wins at equal lengths
   * @param standardError by the delta method from Huber and White's sandwich, which holds for
   *     shares as for wins and losses
   */
  public record Share(double value, double standardError) {
    private static final Share UNDEFINED = new Share(Double.NaN, Double.NaN);

    /** On another scale, such as points of a hundred. */
    public Share times(double scale) {
      return new Share(scale * value, scale * standardError);
    }
  }

  /** Fits by Newton's method; undefined below two outcomes or where lengths decide everything. */
  public static Share of(List<Outcome> outcomes) {
    double[] longer = outcomes.stream().mapToDouble(Outcome::longer).toArray();
    double[] wins = outcomes.stream().mapToDouble(Outcome::outcome).toArray();
    if (outcomes.size() < 2) {
      return Share.UNDEFINED;
    }
    double deviation = Math.sqrt(StatUtils.variance(longer));
    if (deviation == 0) {
      return new Share(Statistics.mean(wins), Statistics.standardError(wins));
    }
    double[] terms = new double[longer.length];
    for (int i = 0; i < terms.length; i++) {
      terms[i] = Math.tanh(longer[i] / deviation);
    }
    return fit(terms, wins);
  }

  private static Share fit(double[] terms, double[] wins) {
    double constant = 0;
    double slope = 0;
    for (int step = 0; step < STEPS; step++) {
      Normal normal = Normal.at(constant, slope, terms, wins);
      double change = normal.constantChange();
      constant += change;
      slope += normal.slopeChange();
      if (!(Math.abs(constant) + Math.abs(slope) < FAR)) {
        return Share.UNDEFINED;
      }
      if (Math.abs(change) + Math.abs(normal.slopeChange()) < CLOSE) {
        double share = sigmoid(constant);
        return new Share(share, share * (1 - share) * Math.sqrt(normal.constantVariance()));
      }
    }
    return Share.UNDEFINED;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Sums over the outcomes: gradient (g), information (h), and squared residuals (r). */
  private record Normal(
      double g0,
      double g1,
      double h00,
      double h01,
      double h11,
      double r00,
      double r01,
      double r11) {
    static Normal at(double constant, double slope, double[] terms, double[] wins) {
      double[] s = new double[8];
      for (int i = 0; i < terms.length; i++) {
        double p = sigmoid(constant + slope * terms[i]);
        double residual = wins[i] - p;
        double term = terms[i];
        s[0] += residual;
        s[1] += residual * term;
        s[2] += p * (1 - p);
        s[3] += p * (1 - p) * term;
        s[4] += p * (1 - p) * term * term;
        s[5] += residual * residual;
        s[6] += residual * residual * term;
        s[7] += residual * residual * term * term;
      }
      return new Normal(s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7]);
    }

    double constantChange() {
      return (h11 * g0 - h01 * g1) / determinant();
    }

    double slopeChange() {
      return (h00 * g1 - h01 * g0) / determinant();
    }

    /** First entry of inverse(h) r inverse(h). */
    double constantVariance() {
      double a = h11 / determinant();
      double b = -h01 / determinant();
      return a * a * r00 + 2 * a * b * r01 + b * b * r11;
    }

    private double determinant() {
      return h00 * h11 - h01 * h01;
    }
  }
}
