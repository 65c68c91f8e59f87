"""How answers are sent.

server     processes, threads and limits (gunicorn)    responses     headers, caching, compression
errors     pages and problem documents                 metrics       what operators watch
health     whether it runs, whether it is ready        static_files  the stylesheet
preload    what processes share, loaded before them
"""
