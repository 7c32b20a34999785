# SPDX-License-Identifier: GPL-3.0-or-later
"""k-means by scikit-learn, trees by scipy."""
import scipy
import scipy.cluster.hierarchy as hierarchy
import sklearn
from sklearn.cluster import KMeans

from peers import OPTIONS, measure, read, tell

for key, name in (("kmeans", "points.f64"), ("kmeans-cloud", "cloud.f64")):
    points = read(name, 3)
    for algorithm in ("lloyd", "elkan"):
        seconds, model = measure(
            lambda: KMeans(5, n_init=1, algorithm=algorithm, random_state=1).fit(points))
        tell(key, seconds, f"scikit-learn {sklearn.__version__}, {algorithm}",
             f"inertia {model.inertia_:.6f}")
        if key == "kmeans-cloud" and "full" not in OPTIONS:
            continue
        seconds, model = measure(
            lambda: KMeans(5, n_init=1, algorithm=algorithm, tol=0, random_state=1).fit(points), 1)
        tell(key, seconds, f"scikit-learn {sklearn.__version__}, {algorithm}, to rest",
             f"inertia {model.inertia_:.6f}")

points = read("tree.f64", 4)
for key, n, method in (("ward", 10000, "ward"), ("agnes", 5000, "average")):
    seconds, tree = measure(lambda: hierarchy.linkage(points[:n], method), 2)
    tell(key, seconds, f"scipy {scipy.__version__}, linkage", f"height {tree[-1, 2]:.6f}")
