# SPDX-License-Identifier: GPL-3.0-or-later
"""Intents of messages by scikit-learn: pieces of one to three characters and a linear machine."""
import os

import sklearn
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer, TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import KFold, StratifiedKFold, cross_val_predict
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import MultiLabelBinarizer
from sklearn.svm import LinearSVC

from peers import FOLDER, OPTIONS, measure, tell

VERSION = f"scikit-learn {sklearn.__version__}"


def load(name):
    """Labels and messages."""
    path = os.path.join(FOLDER, f"text-{name}.tsv")
    if not os.path.exists(path):
        return None, None
    with open(path, encoding="utf-8", newline="\n") as file:
        rows = [line.rstrip("\n").split("\t", 1) for line in file]
    return [row[0] for row in rows], [row[1] for row in rows]


def tfidf(machine):
    """Pieces of the messages learnt from, rare ones counting more."""
    return make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True,
                                         min_df=2), machine)


def hashed(machine):
    """The same, hashed."""
    return make_pipeline(HashingVectorizer(analyzer="char", ngram_range=(1, 3), n_features=2**20,
                                           alternate_sign=False), TfidfTransformer(), machine)


def compare(name, label, model, labels, texts, folds):
    """Learns each part and all, as we do, and says how many were right."""
    def work():
        found = cross_val_predict(model, texts, labels, cv=folds, n_jobs=-1)
        model.fit(texts, labels)
        return found

    seconds, found = measure(work, 1)
    right = sum(a == b for a, b in zip(found, labels)) / len(labels)
    tell(f"text-{name}", seconds, f"{VERSION}, {label}", f"right {right:.4f}")


STRATIFIED = StratifiedKFold(5, shuffle=True, random_state=1)

LABELS, TEXTS = load("banking77_train.csv")
if LABELS:
    compare("banking77_train.csv", "TF-IDF, LinearSVC", tfidf(LinearSVC()), LABELS, TEXTS,
            STRATIFIED)
    compare("banking77_train.csv", "hashed, LinearSVC", hashed(LinearSVC()), LABELS, TEXTS,
            STRATIFIED)
    if "full" in OPTIONS:
        compare("banking77_train.csv", "TF-IDF, LogisticRegression",
                tfidf(LogisticRegression(C=10, max_iter=200)), LABELS, TEXTS, STRATIFIED)
    for title, peer in (("TF-IDF", tfidf(LinearSVC())), ("hashed", hashed(LinearSVC()))):
        peer.fit(TEXTS, LABELS)
        taken, _ = measure(lambda: peer.predict(TEXTS), 2)
        tell("text-ask", taken, f"{VERSION}, {title}, LinearSVC: transform and predict")

LABELS, TEXTS = load("nlupp.csv")
if LABELS:
    TRUTH = MultiLabelBinarizer().fit_transform([[one for one in cell.split("|") if one]
                                                 for cell in LABELS])
    MODEL = tfidf(OneVsRestClassifier(LinearSVC()))
    taken, answers = measure(
        lambda: cross_val_predict(MODEL, TEXTS, TRUTH, cv=KFold(5, shuffle=True, random_state=1),
                                  n_jobs=-1), 1)
    tell("text-nlupp.csv", taken, f"{VERSION}, TF-IDF, LinearSVC",
         f"right {(answers == TRUTH).all(axis=1).mean():.4f}, "
         f"F1 {f1_score(TRUTH, answers, average='micro'):.4f}")

LABELS, TEXTS = load("en_fine_foods.csv")
if LABELS:
    compare("en_fine_foods.csv", "TF-IDF, LinearSVC", tfidf(LinearSVC()), LABELS, TEXTS, STRATIFIED)
