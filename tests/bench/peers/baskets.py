# SPDX-License-Identifier: GPL-3.0-or-later
"""The nearest items by cosine with scipy's sparse matrices. arules is not in Debian 12."""
import numpy as np
import scipy
import scipy.sparse as sparse
import sklearn
from sklearn.metrics.pairwise import cosine_similarity
from sklearn.neighbors import NearestNeighbors

from peers import measure, read, tell

N_NEAREST = 10


def best_of_rows(matrix):
    """The columns of the largest numbers of each row, but the row itself."""
    found = []
    for i in range(matrix.shape[0]):
        start, end = matrix.indptr[i], matrix.indptr[i + 1]
        columns, numbers = matrix.indices[start:end], matrix.data[start:end]
        keep = columns != i
        columns, numbers = columns[keep], numbers[keep]
        if len(numbers) > N_NEAREST:
            best = np.argpartition(-numbers, N_NEAREST)[:N_NEAREST]
            columns, numbers = columns[best], numbers[best]
        found.append(columns[np.argsort(-numbers, kind="stable")])
    return found


def by_products(x):
    norms = np.sqrt(np.asarray(x.multiply(x).sum(axis=0)).ravel())
    y = x @ sparse.diags(1.0 / norms)
    return best_of_rows((y.T @ y).tocsr())


def by_dense(x):
    matrix = cosine_similarity(x.T.tocsr(), dense_output=True)
    np.fill_diagonal(matrix, -1.0)
    return np.argpartition(-matrix, N_NEAREST, axis=1)[:, :N_NEAREST]


def by_neighbours(x):
    return NearestNeighbors(n_neighbors=N_NEAREST + 1, metric="cosine", algorithm="brute",
                            n_jobs=-1).fit(x.T.tocsr()).kneighbors()


pairs = read("pairs.f64", 2)
if pairs is not None:
    rows, columns = pairs[:, 0].astype(int), pairs[:, 1].astype(int)
    x = sparse.csr_matrix((np.ones(len(rows)), (rows, columns)))
    for work, name in ((by_products, f"scipy {scipy.__version__}, sparse product"),
                       (by_dense, f"scikit-learn {sklearn.__version__}, cosine_similarity"),
                       (by_neighbours, f"scikit-learn {sklearn.__version__}, NearestNeighbors")):
        seconds, _ = measure(lambda: work(x), 2)
        tell("cosine", seconds, name)
