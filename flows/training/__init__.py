"""
Scenarios for trainers: a story, what is revealed at each stage, decisions to commit to, and the answer of the law.
Read in `scenario_file` and `load`, as `model`; `answers` computes and compares, `quiz` asks, `grading` scores.
"""
