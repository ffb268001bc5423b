package dev.palimpsest.query.run;

import dev.palimpsest.model.RowId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.util.VectorUtil;

/// Maximal marginal relevance: next comes what fits well and means something else than what came
/// before.
///
/// @param share what likeness counts, 0 to 1; the rest is how well it fits
/// @param vectors what has none is like nothing
record Diversity(double share, ToDoubleFunction<RowId> fit, Map<RowId, byte[]> vectors) {

    /// The same rows in the order they come then.
    List<RowId> of(List<RowId> rows) {
        var left = new ArrayList<>(rows);
        var likeness = new ArrayList<Double>();
        rows.forEach(_ -> likeness.add(0.0));
        var order = new ArrayList<RowId>();
        while (!left.isEmpty()) {
            int next = 0;
            for (int i = 1; i < left.size(); i++) {
                if (worth(left, likeness, i) > worth(left, likeness, next)) {
                    next = i;
                }
            }
            var chosen = left.remove(next);
            likeness.remove(next);
            order.add(chosen);
            for (int i = 0; i < left.size(); i++) {
                likeness.set(i, Math.max(likeness.get(i), cosine(chosen, left.get(i))));
            }
        }
        return order;
    }

    private double worth(List<RowId> left, List<Double> likeness, int i) {
        return (1 - share) * fit.applyAsDouble(left.get(i)) - share * likeness.get(i);
    }

    private double cosine(RowId one, RowId other) {
        var a = vectors.get(one);
        var b = vectors.get(other);
        if (a == null || b == null) {
            return 0;
        }
        double lengths =
                Math.sqrt((double) VectorUtil.dotProduct(a, a) * VectorUtil.dotProduct(b, b));
        return lengths == 0 ? 0 : VectorUtil.dotProduct(a, b) / lengths;
    }
}
