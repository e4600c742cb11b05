"""
An advice as a certificate, and a checker that derives it again alone, sharing no code with the evaluator.

`certificate` writes; `checker`, on `truth`, believes nothing but the law; `refusal` says in French what is wrong.
"""
