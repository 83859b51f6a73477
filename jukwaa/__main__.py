from jukwaa.config.cli import main

main()
