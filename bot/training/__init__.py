"""Trainers and trainees: scenarios played alone in a terminal, written, tried and handed to a learning platform."""
